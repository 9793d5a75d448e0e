"""One task that looks after all connections: pings that are due, and patience that has run out."""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from app.realtime.connection import Connection

STEP = 0.5  # seconds

log = logging.getLogger(__name__)


class Watch:
    """Begins with the first connection, in the process that has it."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._has_begun = False
        self._pings: deque[tuple[float, Callable[[], None]]] = deque()
        self._limited: set[Connection] = set()

    def begin(self) -> None:
        """Start the task, unless it runs."""
        if not self._has_begun:
            self._has_begun = True
            self._server.start_background_task(self._run)

    def ping_later(self, ping: Callable[[], None]) -> None:
        """Call this after the ping interval, which is the same for all."""
        self._pings.append((time.monotonic() + self._server.ping_interval, ping))

    def limit(self, connection: Connection) -> None:
        """Cut this connection off when its deadline has passed, as long as that counts."""
        self._limited.add(connection)

    def look(self) -> None:
        """Do what is due."""
        now = time.monotonic()
        while self._pings and self._pings[0][0] <= now:
            self._pings.popleft()[1]()
        for connection in list(self._limited):
            if not connection.is_limited:
                self._limited.discard(connection)
            elif now > connection.deadline:
                connection.cut_off()

    def _run(self) -> None:
        while True:
            self._server.sleep(STEP)
            try:
                self.look()
            except Exception:
                log.exception("connections were not looked after")
