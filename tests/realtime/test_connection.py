"""A connection with a peer that reads when the test does."""

import socket
import time
from collections.abc import Callable, Iterator
from typing import Any

import gevent
import pytest

from app.realtime import connection as module
from app.realtime.connection import Connection
from app.realtime.frames import CLOSE, TEXT, TOO_BIG, close_frame, message_frame
from app.realtime.watch import Watch
from tests.realtime.lines import masked


class Pair:
    """Both ends: a connection, and its peer's plain socket."""

    def __init__(self) -> None:
        ours, self.peer = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        self.peer.settimeout(0)
        self.heard: list[Any] = []
        self.ended = 0
        self.connection = Connection(ours.detach(), limit=1000)
        self.connection.on_message = self.heard.append
        self.connection.on_end = self._end
        self.connection.resume()

    def _end(self) -> None:
        self.ended += 1

    def read(self, size: int = 1 << 20) -> bytes:
        """All that the peer can read now; the connection goes on meanwhile."""
        data = b""
        while True:
            gevent.sleep(0.01)
            try:
                piece = self.peer.recv(min(size - len(data), 1000))
            except BlockingIOError:
                return data
            data += piece
            if not piece or len(data) >= size:
                return data


@pytest.fixture
def pair() -> Iterator[Pair]:
    """A connection and its peer."""
    made = Pair()
    yield made
    made.connection.end()
    made.peer.close()
    gevent.sleep(0)


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Wait in gevent's way until something is so."""

    def wait(is_so: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 5
        while not is_so():
            assert time.monotonic() < deadline
            gevent.sleep(0.01)

    return wait


def test_a_frame_goes_out_at_once(pair):
    pair.connection.write(message_frame("hello"))
    assert pair.peer.recv(100) == message_frame("hello")


def test_what_a_slow_reader_has_not_taken_comes_later_whole_and_in_order(pair):
    frames = [message_frame(f"{number} " + "x" * 3000) for number in range(40)]
    for each in frames:
        pair.connection.write(each)
    assert pair.connection.is_limited
    assert pair.read() == b"".join(frames)
    assert not pair.connection.is_limited
    pair.connection.write(frames[0])
    assert pair.read() == frames[0]


def test_a_single_frame_may_be_larger_than_what_may_wait(pair, monkeypatch):
    monkeypatch.setattr(module, "MOST", 10_000)
    large = message_frame("x" * 100_000)
    pair.connection.write(large)
    assert pair.read() == large


def test_who_lets_too_much_wait_is_cut_off_with_a_stream_that_is_true_so_far(pair, monkeypatch):
    monkeypatch.setattr(module, "MOST", 20_000)
    frames = [message_frame(f"{number} " + "x" * 3000) for number in range(100)]
    for each in frames:
        pair.connection.write(each)
    assert not pair.connection.is_open
    assert b"".join(frames).startswith(pair.read())
    assert pair.ended == 1


def test_who_takes_nothing_for_too_long_is_cut_off_but_not_who_takes_a_little(pair, monkeypatch):
    monkeypatch.setattr(module, "PATIENCE", 0.2)
    watch = Watch(None)
    pair.connection.on_limit = watch.limit
    for _ in range(30):
        pair.connection.write(message_frame("x" * 3000))
    for _ in range(4):
        pair.read(8000)
        gevent.sleep(0.1)
        watch.look()
    assert pair.connection.is_open
    gevent.sleep(0.3)
    watch.look()
    assert not pair.connection.is_open


def test_messages_are_heard_until_reading_pauses(pair, until):
    pair.peer.sendall(masked(TEXT, b"one") + masked(TEXT, b"two"))
    until(lambda: pair.heard == ["one", "two"])
    pair.connection.pause()
    pair.peer.sendall(masked(TEXT, b"three"))
    gevent.sleep(0.05)
    assert len(pair.heard) == 2
    pair.connection.resume()
    until(lambda: pair.heard[2:] == ["three"])


def test_a_goodbye_is_answered_after_what_waits_and_both_ends_close(pair, until):
    frames = [message_frame("x" * 3000) for _ in range(20)]
    for each in frames:
        pair.connection.write(each)
    pair.peer.sendall(masked(CLOSE, b"\x03\xe9"))
    gevent.sleep(0.05)
    assert pair.read() == b"".join(frames) + close_frame(1001)
    assert pair.ended == 0
    pair.peer.close()
    until(lambda: pair.ended == 1)


def test_who_does_not_answer_a_goodbye_is_not_waited_for(pair, monkeypatch):
    monkeypatch.setattr(module, "GOODBYE", 0.05)
    watch = Watch(None)
    pair.connection.on_limit = watch.limit
    pair.connection.close()
    assert pair.peer.recv(100) == close_frame(1000)
    watch.look()
    assert pair.connection.is_open
    gevent.sleep(0.1)
    watch.look()
    assert not pair.connection.is_open


def test_nothing_is_sent_or_heard_after_a_violation(pair, until):
    pair.peer.sendall(masked(TEXT, b"x" * 1001) + masked(TEXT, b"more"))
    until(lambda: pair.connection.is_limited)
    pair.connection.write(message_frame("late"))
    assert pair.read() == close_frame(TOO_BIG)
    assert pair.heard == []


def test_a_peer_that_has_gone_ends_it_once(pair, until):
    pair.peer.close()
    pair.connection.write(message_frame("x"))
    pair.connection.write(message_frame("x"))
    pair.connection.close()
    until(lambda: pair.ended == 1)
    pair.connection.end()
    gevent.sleep(0.05)
    assert pair.ended == 1
