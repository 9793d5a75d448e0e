"""What the tests of ballots share."""

from collections.abc import Callable

import pytest

from app.ballots.models import Ballot
from app.events.models import Event
from tests.ballots.asking import ask
from tests.browsers import Visitor


@pytest.fixture
def choice(event: Event) -> Ballot:
    """One of three fruits."""
    return ask(event, "choice")


@pytest.fixture
def scale(event: Event) -> Ballot:
    """From 1 to 5."""
    return ask(event, "scale")


@pytest.fixture
def dots(event: Event) -> Ballot:
    """Three dots over three fruits, stacking allowed."""
    return ask(event, "dots")


@pytest.fixture
def feedback(event: Event) -> Ballot:
    """From 0 to 10, and why."""
    return ask(event, "feedback")


@pytest.fixture
def people(event: Event, join: Callable[..., Visitor]) -> list[Visitor]:
    """Four people with browsers."""
    return [join(event, f"Person {number}") for number in range(4)]
