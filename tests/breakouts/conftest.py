"""What the tests of breakout rounds share."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from app.breakouts.models import rounds as models
from app.breakouts.queries import rounds as queries
from app.database import now
from app.events.models import Event
from tests.breakouts.rounds import make_conference


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference whose topics are chosen, with three breakout rounds to come."""
    return make_conference()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Move the clock of the rounds on, `later(minutes=16)`; people stay present meanwhile."""
    ahead = timedelta()

    def move(**by: float) -> None:
        nonlocal ahead
        ahead += timedelta(**by)
        for place in (models, queries):
            monkeypatch.setattr(place, "now", lambda: now() + ahead)

    return move
