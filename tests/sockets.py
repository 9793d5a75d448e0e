"""A page's end of the socket: the real client, with what it has received."""

import queue
import time
from typing import Any

import socketio

from tests.live_server import LiveServer

PATIENCE = 10  # seconds


class Page:
    """A connection to the live server, as a page has one."""

    def __init__(self, server: LiveServer, *, cookie: str = "", token: str | None = None) -> None:
        self.client = socketio.Client(reconnection=False, logger=False)
        self.messages: queue.Queue[tuple[str, Any]] = queue.Queue()
        for name in ("change", "resync", "pulse", "disconnect"):
            self.client.on(name, self._keep(name))
        headers = {"Cookie": cookie} if cookie else {}
        self.client.connect(
            server.url,
            headers=headers,
            auth={"token": token} if token else None,
            transports=["websocket"],
            wait_timeout=PATIENCE,
        )

    def _keep(self, name: str) -> Any:
        def keep(*data: Any) -> None:
            self.messages.put((name, data[0] if data else None))

        return keep

    def ask(self, name: str, message: Any) -> Any:
        """Send a message and wait for its acknowledgement."""
        return self.client.call(name, message, timeout=PATIENCE)

    def subscribe(self, channel: Any) -> Any:
        """Ask to hear a channel."""
        return self.ask("subscribe", {"channel": channel})

    def next(self, name: str, seconds: float = PATIENCE) -> Any:
        """The next message of this name; others before it are passed over."""
        deadline = time.monotonic() + seconds
        while True:
            found, message = self.messages.get(timeout=max(0.01, deadline - time.monotonic()))
            if found == name:
                return message

    def hears_html(self, channel: str, text: str, seconds: float = PATIENCE) -> Any:
        """The next change of a channel that has this text in it."""
        deadline = time.monotonic() + seconds
        while True:
            message = self.next("change", max(0.01, deadline - time.monotonic()))
            if message["channel"] == channel and text in message["html"]:
                return message

    def hears(self, name: str, seconds: float) -> bool:
        """Whether a message of this name comes in this time."""
        try:
            self.next(name, seconds)
        except queue.Empty:
            return False
        return True

    def close(self) -> None:
        """Leave the page."""
        self.client.disconnect()
