"""Cursors in shared notes: who may point is known from the opening, and forgotten with it."""

import itertools
from contextlib import contextmanager

import pytest
from flask import request

from app.notes import pointing
from app.notes.packets import open_notes
from app.realtime import sockets

PLACE = {"anchor": "AAE", "head": "AAI="}


@pytest.fixture
def whispered(app, monkeypatch):
    """What is told to the rooms."""
    told = []

    def whisper(channel, name, message):
        told.append((channel, name, message))

    monkeypatch.setattr(app.extensions["publisher"], "whisper", whisper)
    return told


@pytest.fixture
def rooms(monkeypatch):
    """The rooms of Socket.IO that the connection is in."""
    inside = []
    monkeypatch.setattr(sockets, "enter", lambda audience: inside.append(audience.key) or {})
    monkeypatch.setattr(pointing.socketio.server, "rooms", lambda _sid: inside)
    return inside


@contextmanager
def connection(app, visitor):
    """A packet from this person's page."""
    with app.test_request_context(headers={"Cookie": visitor.browser.cookie()}):
        request.sid = "sid"
        yield


@pytest.mark.parametrize("who", ["participant", "moderator"])
def test_a_cursor_that_moves_asks_no_database(
    app, request, who, room, rooms, whispered, statements
):
    visitor = request.getfixturevalue(who)
    name = visitor.person.name
    with connection(app, visitor):
        assert open_notes({"room": room.id})["writes"]
        statements.clear()
        pointing.point({"room": room.id, **PLACE})
        assert statements == []
    channel = f"notes:{room.id}"
    shown = {"who": f"participant-{visitor.participant_id}", "name": name}
    assert whispered == [(channel, "points_in_notes", {"channel": channel, **PLACE, **shown})]


def test_whoever_is_off_the_channel_points_no_more(app, participant, room, rooms, whispered):
    with connection(app, participant):
        open_notes({"room": room.id})
        rooms.clear()
        pointing.point({"room": room.id, **PLACE})
    assert whispered == []


def test_who_only_reads_or_has_opened_nothing_does_not_point(
    app, participant, host, room, rooms, whispered
):
    with connection(app, host):
        assert not open_notes({"room": room.id})["writes"]
        pointing.point({"room": room.id, **PLACE})
    with connection(app, participant):
        pointing.point({"room": room.id, **PLACE})
    assert whispered == []


def test_a_cursor_is_told_a_few_times_a_second_at_most(app, participant, room, rooms, whispered):
    with connection(app, participant):
        open_notes({"room": room.id})
        for _time in range(5):
            pointing.point({"room": room.id, **PLACE})
    assert len(whispered) == 1


def test_whoever_writes_fast_and_without_a_pause_is_seen_all_the_same(
    app, participant, room, rooms, whispered, monkeypatch
):
    clock = itertools.count(100, 0.2)
    monkeypatch.setattr(pointing.time, "monotonic", lambda: next(clock) / 2)
    with connection(app, participant):
        open_notes({"room": room.id})
        whispered.clear()
        for _time in range(20):
            pointing.point({"room": room.id, **PLACE})
    assert len(whispered) >= 5


@pytest.mark.parametrize("said", [None, 5, [], {}, {"room": []}, {"room": {}}, {"room": "1|room"}])
def test_nonsense_points_nowhere(app, participant, room, rooms, whispered, said):
    with connection(app, participant):
        open_notes({"room": room.id})
        pointing.point(said)
        pointing.point({"room": room.id, "anchor": "<b>", "head": "AA"})
        pointing.point({"room": room.id, "anchor": 5, "head": "AA"})
    assert whispered == []
