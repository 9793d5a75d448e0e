"""A proposal, whose thread is discussed; and a space with forums."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.events.models import Event
from app.permissions import SpaceRole
from app.proposals.models import Proposal
from app.realtime import Audience, View
from tests.browsers import Browser, Visitor
from tests.ears import Ear
from tests.forums.spaces import Person, World
from tests.proposals.topics import choose_aspects, propose


@pytest.fixture
def proposal(event: Event, participant: Visitor) -> Proposal:
    """A proposal by Paula Participant."""
    return propose(choose_aspects(event, participant)[0], participant)


@pytest.fixture
def world(app: Flask, browser: Callable[..., Browser]) -> World:
    """A space, and how people come into it."""
    return World(browser)


@pytest.fixture
def ada(world: World) -> Person:
    """A member."""
    return world.person("Ada Adler")


@pytest.fixture
def ben(world: World) -> Person:
    """Another member."""
    return world.person("Ben Bach")


@pytest.fixture
def chris(world: World) -> Person:
    """The coordinator."""
    return world.person("Chris Claus", SpaceRole.COORDINATOR)


@pytest.fixture
def rita(world: World) -> Person:
    """Who reads only."""
    return world.person("Rita Reader", SpaceRole.READER)


@pytest.fixture
def ole(world: World) -> Person:
    """Who is in another space."""
    return world.outsider()


@pytest.fixture
def listen(app: Flask) -> Callable[[str, int], Ear]:
    """What those hear who look at a channel of a space: `listen("thread:5", space.id)`."""

    def at(channel: str, space_id: int) -> Ear:
        return Ear(app, Audience(channel, channel, View.SPACE, "en", space_id))

    return at
