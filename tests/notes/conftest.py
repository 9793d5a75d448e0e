"""What the tests of shared notes have in common: a round that is open, and somebody's room."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from app.breakouts.models import Room
from app.events.models import Event
from tests.breakouts.rounds import come, make_conference, room_of, start, where
from tests.browsers import Visitor


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference whose topics are chosen, with breakout rounds to come."""
    return make_conference()


@pytest.fixture
def room(event: Event, participant: Visitor) -> Room:
    """The room of Paula Participant, in a round that is open."""
    come(event, 5)
    round_ = start(event, "Round 1")
    assert round_ is not None
    return room_of(round_, participant.person)


@pytest.fixture
def neighbour(event: Event, join: Callable[..., Visitor], room: Room) -> Visitor:
    """Somebody else of that room."""
    return _of(event, join, room, lambda theirs: theirs == room.id)


@pytest.fixture
def stranger(event: Event, join: Callable[..., Visitor], room: Room) -> Visitor:
    """Somebody of another room."""
    return _of(event, join, room, lambda theirs: theirs != room.id)


def _of(event: Event, join: Any, room: Room, is_right: Callable[[int | None], bool]) -> Visitor:
    while True:
        visitor: Visitor = join(event)
        if is_right(where(room.round)[visitor.participant_id]):
            return visitor
