"""Turns: how many requests a process works at, and how many may wait for theirs.

A machine that gets more than it can do gets through most if it does a few things at once, holds a
bounded line, and sends the rest away at once with a time to come again. Submissions go before
pages: what somebody has written is worth more than what somebody looks at.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from random import randint

from gevent import get_hub
from gevent.monkey import is_module_patched

from app import signals
from app.errors import Busy

AT_ONCE = 20  # fewer than there are connections to the database, which others need as well
BREATH = 0.02  # seconds of computing, after which the door is opened again for those who arrive
UPLOADS = 4  # large files that come in at once, and wait for their senders
COME_AGAIN = (2, 6)  # seconds, each at another time, so that those sent away don't come as one


@dataclass
class Line:
    """Those who wait for their turn, first come first served."""

    name: str
    most: int  # who may stand in it
    patience: float  # seconds after which it is better to come again
    waiting: deque[threading.Lock] = field(default_factory=deque)


class Turns:
    """Lets one after the other work, and never more than `at_once`."""

    def __init__(self, at_once: int = AT_ONCE) -> None:
        self.at_once = at_once
        self.submissions = Line("submissions", most=1000, patience=2.0)
        self.pages = Line("pages", most=500, patience=5.0)
        self.subscriptions = Line("subscriptions", most=3000, patience=4.0)
        self._others = deque((self.pages, self.subscriptions))
        self._working = 0
        self._is_beginning = False
        self._breathed_at = 0.0
        self._uploading = 0
        self._breathe = _go_around if is_module_patched("threading") else partial(time.sleep, 0)
        self._lock = threading.Lock()  # for servers with threads; greenlets never wait for it

    @contextmanager
    def take(self, line: Line) -> Iterator[None]:
        """Wait for a turn and hold it; raises `Busy` when the line is too long or too slow."""
        self._wait(line)
        try:
            self._begin()
            yield
        finally:
            self._end()

    @contextmanager
    def upload(self) -> Iterator[None]:
        """Let a large file in, whose sender decides how long that takes; raises `Busy`."""
        with self._lock:
            if self._uploading >= UPLOADS:
                raise _refused("uploads")
            self._uploading += 1
        try:
            yield
        finally:
            with self._lock:
                self._uploading -= 1

    def _wait(self, line: Line) -> None:
        mine = threading.Lock()
        mine.acquire()
        with self._lock:
            if len(line.waiting) >= line.most:
                raise _refused(line.name)
            line.waiting.append(mine)
        self._call_next()
        try:
            is_called = mine.acquire(timeout=line.patience)
        except BaseException:  # whoever waited was ended
            if not self._leave(line, mine):
                self._end(is_beginning=True)
            raise
        if not is_called and self._leave(line, mine):
            raise _refused(line.name)

    def _begin(self) -> None:
        """One begins after the other, and every now and then those come in who have arrived."""
        try:
            if time.thread_time() - self._breathed_at > BREATH:
                self._breathe()
                self._breathed_at = time.thread_time()
        finally:
            with self._lock:
                self._is_beginning = False
            self._call_next()

    def _end(self, *, is_beginning: bool = False) -> None:
        with self._lock:
            self._working -= 1
            if is_beginning:
                self._is_beginning = False
        self._call_next()

    def _leave(self, line: Line, mine: threading.Lock) -> bool:
        """Give up one's place; not if one was called in this very moment."""
        with self._lock:
            if mine not in line.waiting:
                return False
            line.waiting.remove(mine)
            return True

    def _call_next(self) -> None:
        with self._lock:
            if self._is_beginning or self._working >= self.at_once:
                return
            line = self._next_line()
            if line is not None:
                self._working += 1
                self._is_beginning = True
                line.waiting.popleft().release()

    def _next_line(self) -> Line | None:
        """Submissions as long as there are any, then the others by turns."""
        if self.submissions.waiting:
            return self.submissions
        self._others.rotate()
        return next((line for line in self._others if line.waiting), None)


def _go_around() -> None:
    """Let the event loop look for who has come; sleeping for no time at all would not."""
    hub = get_hub()
    hub.wait(hub.loop.timer(0))


def _refused(line: str) -> Busy:
    signals.turn_refused.send(line)
    return Busy(retry_after=randint(*COME_AGAIN))
