"""What the tests of breakout rounds share."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.breakouts import timekeeping
from app.breakouts.models import Room, times
from app.breakouts.models import rounds as models
from app.breakouts.queries import rounds as queries
from app.database import now
from app.events.models import Event
from tests.breakouts.rounds import come, joined, make_conference, room_of, start
from tests.browsers import Visitor


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference whose topics are chosen, with three breakout rounds to come."""
    return make_conference()


@pytest.fixture
def room(event: Event, participant: Visitor) -> Room:
    """The participant's room in the first round, in which five others have come."""
    come(event, 5)
    return room_of(start(event, "Round 1"), participant.person)


@pytest.fixture
def neighbour(join: Callable[..., Visitor], room: Room) -> Visitor:
    """Somebody else of the same room."""
    return joined(join, room, "Nora Neighbour")


@pytest.fixture
def stranger(join: Callable[..., Visitor], room: Room) -> Visitor:
    """Somebody of another room."""
    return joined(join, room, "Stella Stranger", inside=False)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Move the clock of the rounds on, `later(minutes=16)`; people stay present meanwhile."""
    ahead = timedelta()

    def move(**by: float) -> None:
        nonlocal ahead
        ahead += timedelta(**by)
        for place in (models, times, queries, timekeeping):
            monkeypatch.setattr(place, "now", lambda: now() + ahead)

    return move
