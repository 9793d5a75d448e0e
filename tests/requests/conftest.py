"""A programme with a cluster and its closed group, and who coordinates what."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from app.accounts.models import Account
from app.database import transaction
from app.forums.models import Forum
from app.permissions import SpaceRole
from app.spaces import actions as spaces
from app.spaces.models import Space, SpaceKind
from tests.browsers import Browser
from tests.factories import make_forum, make_member, make_space


@dataclass
class Programme:
    """A tree of three spaces."""

    top: Space
    cluster: Space
    group: Space


@pytest.fixture
def programme(app: object) -> Programme:
    """The programme, a cluster in it, and a closed group of that."""
    top = make_space("Programme", kind=SpaceKind.PROGRAMME, is_private=False)
    cluster = make_space("Cluster", top, SpaceKind.CLUSTER)
    return Programme(top, cluster, make_space("Group", cluster, SpaceKind.STEERING))


@pytest.fixture
def forum(programme: Programme) -> Forum:
    """A forum of the closed group."""
    return make_forum(programme.group, "Transfer")


@pytest.fixture
def people(programme: Programme, browser: Callable[..., Browser]) -> dict[str, Browser]:
    """Browsers of everybody who matters, by what they are."""
    accounts: dict[str, Account] = {
        "centre": make_member(programme.top, SpaceRole.COORDINATOR, "Hanna Host"),
        "somebody": make_member(programme.top, name="Sam Somebody"),
        "coordinator": make_member(programme.group, SpaceRole.COORDINATOR, "Cora Coordinator"),
        "member": make_member(programme.group, name="Mia Member"),
        "neighbour": make_member(programme.cluster, name="Nora Neighbour"),
        "stranger": make_member(make_space("Elsewhere"), SpaceRole.COORDINATOR),
    }
    with transaction():
        top = programme.top
        for name in ("coordinator", "member"):
            spaces.admit(top, accounts[name])
    found = {name: browser().sign_in(account) for name, account in accounts.items()}
    return {**found, "nobody": browser()}
