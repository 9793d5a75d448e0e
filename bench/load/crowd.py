"""The crowd of clients: one C program with all their sockets."""

import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from bench.load.pacing import CHANNEL
from bench.load.programs import Program, built

SETTLING = 0.2  # seconds between two looks


class Crowd(Program):
    """Pages that listen to a channel of one or several servers."""

    def __init__(self, *urls: str, channel: str = CHANNEL) -> None:
        super().__init__([built("listen")])
        self.say(f"channel {channel}")
        for url in urls:
            address = urlsplit(url)
            self.say(f"address {address.hostname} {address.port}")

    def admit(self, tokens: Iterable[str], server: int = 0) -> None:
        """Let people with these tokens listen."""
        for token in tokens:
            self.say(f"client {server} token {token}")

    def admit_anybody(self, count: int) -> None:
        """Let clients listen that need no token."""
        self.say(f"crowd 0 {count}")

    @property
    def figures(self) -> dict[str, Any]:
        """What they have heard since the last `reset`."""
        return dict(self.ask("look"))

    def wait_until_all_hear(self, seconds: float = 300) -> dict[str, Any]:
        """Wait until everybody is subscribed."""
        return self._wait("hearing", lambda seen: seen["clients"], seconds)

    def wait_until_true(self, seconds: float = 20) -> dict[str, Any]:
        """Wait until nobody is behind the others, or until the time is over."""
        deadline = time.monotonic() + seconds
        while (seen := self.figures)["behind"] and time.monotonic() < deadline:
            time.sleep(SETTLING)
        return seen

    def wait_for(self, what: str, number: int, seconds: float = 20) -> dict[str, Any]:
        """Wait until so many of something were counted, or until the time is over."""
        return self._wait(what, lambda _seen: number, seconds, strict=False)

    def _wait(self, what: str, wanted: Any, seconds: float, *, strict: bool = True) -> Any:
        deadline = time.monotonic() + seconds
        while True:
            seen = self.figures
            if seen[what] >= wanted(seen):
                return seen
            if time.monotonic() > deadline:
                if strict:
                    raise RuntimeError(f"not everybody could listen: {seen}")
                return seen
            time.sleep(SETTLING)

    def reset(self) -> None:
        """Count from zero."""
        self.say("reset")

    @property
    def table(self) -> list[list[float]]:
        """Each message: server, position, how many heard it, when the first and the last did."""
        return list(self.ask("table"))
