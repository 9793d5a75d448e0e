"""A conference of a space, and who may carry it on there."""

from collections.abc import Callable

import pytest

from app.accounts.models import Account
from app.events.models import Event
from app.forums.models import Forum
from app.permissions import Role, SpaceRole
from app.spaces.models import Space
from tests.browsers import Browser, Visitor
from tests.carryover.conferences import Conference, hold, make_event
from tests.factories import make_forum, make_member, make_space


@pytest.fixture
def space(app: object) -> Space:
    """The space that the conference belongs to."""
    return make_space("Programme")


@pytest.fixture
def event(space: Space) -> Event:
    """The conference."""
    return make_event(space.id)


@pytest.fixture
def coordinator(space: Space) -> Account:
    """Who coordinates the space, and leads the event."""
    return make_member(space, SpaceRole.COORDINATOR, "Cora Coordinator")


@pytest.fixture
def member(space: Space) -> Account:
    """Somebody else in the space."""
    return make_member(space, name="Mia Member")


@pytest.fixture
def leader(event: Event, coordinator: Account, appoint: Callable[..., Visitor]) -> Visitor:
    """The moderator, who is signed in."""
    visitor = appoint(event, Role.MODERATOR, "Cora", account_id=coordinator.id)
    visitor.browser.sign_in(coordinator)
    return visitor


@pytest.fixture
def other(event: Event, join: Callable[..., Visitor]) -> Visitor:
    """A second guest."""
    return join(event, "Otto Other")


@pytest.fixture
def conference(event: Event, participant: Visitor, other: Visitor, host: Visitor) -> Conference:
    """What came out of the event; `participant` is the guest who wrote most of it."""
    return hold(event, participant, other, host)


@pytest.fixture
def forum(space: Space) -> Forum:
    """A forum of the space."""
    return make_forum(space, "Transfer")


@pytest.fixture
def reader(member: Account, browser: Callable[..., Browser]) -> Browser:
    """The browser of somebody in the space who was not in the event."""
    return browser().sign_in(member)
