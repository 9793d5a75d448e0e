"""One WebSocket: frames go out as far as its reader takes them, and never wait for it.

A connection has no greenlet of its own. Its socket is watched by the event loop, and what is
called from there must not wait for anything.
"""

import _socket
import struct
import time
from collections import deque
from collections.abc import Callable
from typing import Any, NoReturn

import gevent

from app.realtime.frames import (
    CLOSE,
    NORMAL,
    PING,
    PONG,
    FrameReader,
    Violation,
    close_code,
    close_frame,
    frame,
)

MOST = 256 * 1024  # bytes that may wait for a reader, besides what the system holds for it
PATIENCE = 15.0  # seconds in which a reader must take something of what waits
GOODBYE = 5.0  # seconds for the peer to close its end
CHUNK = 16 * 1024
READ, WRITE = 1, 2  # the events of gevent's loop
RESET = struct.pack("ii", 1, 0)  # close at once, and drop what the system still holds

Outgoing = bytes | memoryview


class Connection:
    """A WebSocket on an open socket, which is the connection's alone from here on."""

    __slots__ = (
        "_frames",
        "_is_closing",
        "_reading",
        "_send",
        "_size",
        "_socket",
        "_waiting",
        "_writing",
        "deadline",
        "on_end",
        "on_limit",
        "on_message",
    )

    def __init__(self, descriptor: int, limit: int) -> None:
        self._socket = _socket.socket(fileno=descriptor)
        self._socket.setblocking(False)
        if self._socket.family != _socket.AF_UNIX:
            self._socket.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
        self._send: Callable[[Outgoing], int] = self._socket.send
        self._frames = FrameReader(limit)
        self._is_closing = False
        self._waiting: deque[Outgoing] | None = None
        self._size = 0
        self._reading: Any = gevent.get_hub().loop.io(descriptor, READ)
        self._writing: Any = None
        self.deadline = 0.0  # when patience ends, while something waits
        self.on_message: Callable[[str | bytes], None] = _ignore
        self.on_end: Callable[[], None] = _ignore
        self.on_limit: Callable[[Connection], None] = _ignore  # the deadline counts from now on

    def write(self, outgoing: bytes) -> None:
        """Send a frame as far as the socket takes it now; the rest is sent when it takes more."""
        if self._waiting:
            self._keep(outgoing)
            return
        try:
            sent = self._send(outgoing)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.end()
            return
        if sent < len(outgoing):
            self._keep(memoryview(outgoing)[sent:])

    def close(self, code: int = NORMAL) -> None:
        """Say goodbye after what waits; the end comes when the peer has closed, too."""
        if self._is_closing or not self.is_open:
            return
        self.write(close_frame(code))
        self._is_closing = True
        self._limit(GOODBYE)
        if not self._waiting:
            self._shut()

    def end(self) -> None:
        """Close at once; `on_end` is called in a greenlet of its own."""
        if not self.is_open:
            return
        self._send = _gone
        self._waiting, self._size = None, 0
        for watcher in (self._reading, self._writing):
            if watcher is not None:
                watcher.stop()
                watcher.close()
        self._reading = self._writing = None
        self._socket.close()
        gevent.spawn(self.on_end)

    def cut_off(self) -> None:
        """End with a peer that is too slow, and let the system forget what it has not read."""
        if self.is_open:
            self._socket.setsockopt(_socket.SOL_SOCKET, _socket.SO_LINGER, RESET)
            self.end()

    @property
    def is_open(self) -> bool:
        """Whether frames can still be sent."""
        return self._send is not _gone

    @property
    def is_limited(self) -> bool:
        """Whether the deadline counts: something waits, or the peer's goodbye is waited for."""
        return self.is_open and bool(self._waiting or self._is_closing)

    def resume(self) -> None:
        """Read on, or begin to."""
        if self._reading is not None:
            self._reading.start(self._readable)

    def pause(self) -> None:
        """Read nothing until further notice."""
        if self._reading is not None:
            self._reading.stop()

    def _keep(self, rest: Outgoing) -> None:
        if self._is_closing:
            return
        if self._size > MOST:
            self.cut_off()
            return
        if not self._waiting:
            self._waiting = deque()
            self._watch_writing()
            self._limit(PATIENCE)
        assert self._waiting is not None
        self._waiting.append(rest)
        self._size += len(rest)

    def _watch_writing(self) -> None:
        if self._writing is None:
            self._writing = gevent.get_hub().loop.io(self._socket.fileno(), WRITE)
        self._writing.start(self._writable)

    def _limit(self, seconds: float) -> None:
        self.deadline = time.monotonic() + seconds
        self.on_limit(self)

    def _writable(self) -> None:
        try:
            while self._waiting:
                sent = self._send(self._waiting[0])
                self._took(sent)
        except BlockingIOError:
            return
        except OSError:
            self.end()
            return
        self._waiting = None
        self._writing.stop()
        if self._is_closing:
            self._shut()

    def _took(self, sent: int) -> None:
        assert self._waiting is not None
        rest = memoryview(self._waiting.popleft())[sent:]
        if rest:
            self._waiting.appendleft(rest)
        self._size -= sent
        if not self._is_closing:
            self.deadline = time.monotonic() + PATIENCE

    def _shut(self) -> None:
        """Nothing more will be sent: the peer closes when it has read that."""
        try:
            self._socket.shutdown(_socket.SHUT_WR)
        except OSError:
            self.end()
            return
        self._send = len  # whatever comes is as good as sent
        self.resume()

    def _readable(self) -> None:
        try:
            data = self._socket.recv(CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.end()
        elif not self._is_closing:
            self._take(data)

    def _take(self, data: bytes) -> None:
        try:
            for opcode, payload in self._frames.feed(data):
                self._receive(opcode, payload)
                if self._is_closing or not self.is_open:
                    break
        except Violation as violation:
            self.close(violation.code)

    def _receive(self, opcode: int, payload: Any) -> None:
        if opcode == CLOSE:
            self.close(close_code(payload))
        elif opcode == PING:
            self.write(frame(PONG, payload))
        elif opcode != PONG:
            self.on_message(payload)


def _ignore(*_anything: object) -> None:
    """Nobody wants to know."""


def _gone(_outgoing: Outgoing) -> NoReturn:
    raise BrokenPipeError
