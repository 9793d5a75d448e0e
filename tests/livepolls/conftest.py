"""What the tests of flash polls share."""

from collections.abc import Callable

import pytest

from app.events.models import Event
from app.livepolls.models import FlashPoll
from tests.browsers import Visitor
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll


@pytest.fixture
def poll(event: Event) -> FlashPoll:
    """The event's poll, open to everybody's eyes."""
    return open_poll(event, item_of_kind(event, "poll"))


@pytest.fixture
def quiet_poll(event: Event) -> FlashPoll:
    """The event's poll, open, whose concerns are hidden until it is closed."""
    return open_poll(event, item_of_kind(event, "poll"), hides_until_closed=True)


@pytest.fixture
def people(event: Event, join: Callable[..., Visitor]) -> list[Visitor]:
    """Five people with browsers."""
    return [join(event, f"Person {number}") for number in range(5)]
