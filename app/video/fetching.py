"""Asking the video server: few at once, not for long, and not at all while it does not answer."""

import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Protocol

from app.video.errors import VideoAway

LONGEST = 5.0  # seconds for one question
LARGEST = 64 * 1024  # bytes of an answer
AT_ONCE = 4  # questions of one process
WAITING = 6  # people of one process who wait for an answer: each holds a turn of the application
PATIENCE = 3.0  # seconds for somebody else's question, or for one of one's own to be asked
AWAY = 10.0  # seconds before it is asked again after it has not answered
FRESH = 15.0  # seconds that an answer is good for: a whole room comes at once
MANY = 500  # answers kept


class Places(Protocol):
    """A lock, or a semaphore."""

    def acquire(self, *, timeout: float) -> bool:
        """Whether a place became free in time."""
        ...

    def release(self) -> None:
        """Make it free again."""
        ...


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """What is signed for one server is not taken to another."""

    def redirect_request(self, *_args: Any) -> None:
        """Refuse."""


_opener = urllib.request.build_opener(_NoRedirects)


@dataclass
class _Answer:
    """What came last from an address; `turn` lets one ask where many want to know."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    text: str = ""
    until: float = 0.0

    @property
    def is_fresh(self) -> bool:
        """Whether it is as good as a new one."""
        return time.monotonic() < self.until


@dataclass
class Remembering:
    """Asks one server, and remembers for some seconds what it said, or that it said nothing."""

    _answers: dict[str, _Answer] = field(default_factory=dict)
    _away_until: float = 0.0
    _questions: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(AT_ONCE)
    )
    _seats: threading.BoundedSemaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(WAITING)
    )

    def __call__(self, url: str) -> str:
        """What the server answers; other greenlets go on meanwhile. Raises `VideoAway`."""
        if len(self._answers) >= MANY:
            self._answers.clear()
        known = self._answers.setdefault(url, _Answer())
        if known.is_fresh:
            return known.text
        with _one_of(self._seats, "too many wait"), _one_of(known.turn, "it takes long", PATIENCE):
            if not known.is_fresh:
                known.text = self._ask(url)
                known.until = time.monotonic() + FRESH
            return known.text

    def _ask(self, url: str) -> str:
        if time.monotonic() < self._away_until:
            raise VideoAway("it did not answer a moment ago")
        with _one_of(self._questions, "too many ask at once", PATIENCE):
            try:
                return _fetched(url)
            except (OSError, HTTPException, ValueError) as error:
                self._away_until = time.monotonic() + AWAY
                raise VideoAway(_kind(error)) from None  # its words may hold the signed address


@contextmanager
def _one_of(places: Places, otherwise: str, patience: float = 0.0) -> Iterator[None]:
    """Hold a place; raises `VideoAway` if none becomes free in time."""
    if not places.acquire(timeout=patience):
        raise VideoAway(otherwise)
    try:
        yield
    finally:
        places.release()


def _fetched(url: str) -> str:
    until = time.monotonic() + LONGEST
    found = b""
    with _opener.open(url, timeout=LONGEST) as response:
        while part := response.read1(65536):
            found += part
            if len(found) > LARGEST or time.monotonic() > until:
                raise TimeoutError
    return found.decode()


def _kind(error: Exception) -> str:
    code = getattr(error, "code", None)
    return type(error).__name__ if code is None else f"status {code}"
