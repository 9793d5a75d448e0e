"""What the tests of breakout rounds share."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

import app.breakouts.models.rounds
import app.breakouts.queries.rounds
import app.database
import app.events.models
import app.events.queries
from app.database import now
from app.events.models import Event
from tests.breakouts.rounds import make_conference


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference whose topics are chosen, with three breakout rounds to come."""
    return make_conference()


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Move the clock on: `later(minutes=16)`; people stay present meanwhile."""
    ahead = timedelta()
    places: list[Any] = [app.breakouts.models.rounds, app.breakouts.queries.rounds]

    def move(**by: float) -> None:
        nonlocal ahead
        ahead += timedelta(**by)
        for place in places:
            monkeypatch.setattr(place, "now", lambda: now() + ahead)

    return move
