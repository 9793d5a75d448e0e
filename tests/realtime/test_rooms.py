"""The manager's rooms and the order of its emits, without a network."""

from dataclasses import dataclass, field
from typing import Any

import gevent
import pytest
import socketio
from hypothesis import given
from hypothesis import strategies as st

from app.realtime import direct
from app.realtime.direct import DirectManager


@dataclass
class Ear:
    """Stands for a connection; keeps what is written."""

    heard: list[bytes] = field(default_factory=list)

    def write(self, frame: bytes) -> None:
        """Keep a frame."""
        self.heard.append(frame)


@pytest.fixture
def manager() -> DirectManager:
    """A manager of a server that nobody serves."""
    manager = DirectManager()
    socketio.Server(async_mode="gevent", client_manager=manager)
    return manager


def come_in(manager: Any, number: int, *rooms: str) -> Ear:
    """A client on WebSocket, in these rooms."""
    sid, ear = f"sid {number}", Ear()
    for room in (None, sid, *rooms):
        manager.basic_enter_room(sid, "/", room, f"eio {number}")
    manager.transports.connections[f"eio {number}"] = ear
    return ear


def test_everybody_in_a_room_gets_the_same_bytes(manager):
    ears = [come_in(manager, number, "hall") for number in range(3)]
    outside = come_in(manager, 3, "other")
    manager.emit("change", {"html": "<p>ä</p>"}, "/", room="hall")
    assert len({id(ear.heard[0]) for ear in ears}) == 1
    assert outside.heard == []


def test_no_emit_overtakes_another_that_lets_others_work(manager, monkeypatch):
    monkeypatch.setattr(direct, "BREATH", 2)
    ears = [come_in(manager, number, "hall", "house") for number in range(9)]
    emitting = [
        gevent.spawn(manager.emit, "change", number, "/", room)
        for number, room in enumerate(["hall", "house", "hall", None, "house"])
    ]
    gevent.joinall(emitting)
    assert len(ears[0].heard) == 5
    assert all(ear.heard == ears[0].heard for ear in ears)


def test_others_work_while_a_large_room_is_told(manager, monkeypatch):
    monkeypatch.setattr(direct, "BREATH", 2)
    ears = [come_in(manager, number, "hall") for number in range(9)]
    worked = gevent.spawn(lambda: sum(len(ear.heard) for ear in ears))
    manager.emit("change", 1, "/", "hall")
    assert 0 < worked.get() < 9


def test_who_leaves_meanwhile_hears_it_no_more(manager, monkeypatch):
    monkeypatch.setattr(direct, "BREATH", 2)
    ears = [come_in(manager, number, "hall") for number in range(6)]
    gevent.spawn(manager.basic_leave_room, "sid 5", "/", "hall")
    manager.emit("change", 1, "/", "hall")
    assert [len(ear.heard) for ear in ears] == [1, 1, 1, 1, 1, 0]


def test_who_has_gone_before_the_door_was_opened_is_in_no_room(manager):
    for number, environ in enumerate([{"wsgi.input": None}, None]):
        sid = manager.pre_connect(f"eio {number}", "/")
        if environ is not None:
            manager.server.environ[f"eio {number}"] = environ
        manager.connect(sid, "/")
    assert list(manager.rooms["/"][None].values()) == ["eio 0"]


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["enter", "leave", "disconnect", "close"]),
        st.integers(0, 3),
        st.sampled_from(["a", "b", "c"]),
    ),
    max_size=40,
)


@given(DEEDS)
def test_rooms_are_those_of_the_ordinary_manager(deeds):
    ours, theirs = DirectManager(), socketio.Manager()
    for manager in (ours, theirs):
        socketio.Server(async_mode="gevent", client_manager=manager)
        for deed, number, room in deeds:
            _do(manager, deed, f"sid {number}", room)
    assert ours.rooms == theirs.rooms
    for number in range(4):
        sid = f"sid {number}"
        assert sorted(ours.get_rooms(sid, "/")) == sorted(theirs.get_rooms(sid, "/"))


def _do(manager: Any, deed: str, sid: str, room: str) -> None:
    is_here = sid in manager.rooms.get("/", {}).get(None, {})
    if deed == "enter" and not is_here:
        for own in (None, sid):
            manager.basic_enter_room(sid, "/", own, f"eio {sid}")
    elif deed == "enter":
        manager.enter_room(sid, "/", room)
    elif deed == "leave":
        manager.leave_room(sid, "/", room)
    elif deed == "close":
        manager.close_room(room, "/")
    elif is_here:
        manager.pre_disconnect(sid, "/")
        manager.disconnect(sid, "/")
