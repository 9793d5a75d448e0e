"""A conference of a space that was had, and people who take it along."""

import pytest

from app.livepolls.models import FlashPoll
from app.livepolls.queries import poll_of
from app.permissions import Role
from tests.carryover.conferences import hold, make_event
from tests.factories import item_of_kind, make_forum, make_member, make_space


@pytest.fixture
def space(app):
    """The space that the event belongs to."""
    return make_space("Cluster 1")


@pytest.fixture
def event(space):
    """A conference with a poll, a round and a plenum."""
    return make_event(space.id)


@pytest.fixture
def past(event, join, appoint, host):
    """What was said in it."""
    return hold(event, join(event, "Gesa Guest"), join(event, "Otto Other"), host)


@pytest.fixture
def poll(event, past) -> FlashPoll:
    """Its poll."""
    return poll_of(item_of_kind(event, "poll"))


@pytest.fixture
def member(space, event, appoint, browser):
    """Who is in the space as well as in the event."""
    account = make_member(space, name="Mia Member")
    make_forum(space)
    visitor = appoint(event, Role.PARTICIPANT, "Mia Member", account_id=account.id)
    visitor.browser.sign_in(account)
    return visitor
