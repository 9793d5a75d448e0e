"""A space with people who write, and another whose people have no business in it."""

import pytest

from app.permissions import SpaceRole
from tests.composing.towns import town
from tests.factories import make_member


@pytest.fixture
def here(app):
    """Where the test takes place."""
    return town()


@pytest.fixture
def elsewhere(app):
    """Another tree."""
    return town()


@pytest.fixture
def reader(here):
    """Who only reads here."""
    return make_member(here.space, SpaceRole.READER, "Rita Reader")
