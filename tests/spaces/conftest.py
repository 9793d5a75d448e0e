"""What tests of spaces share: a programme with a cluster and a group, and the mail."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts import passwords
from app.accounts.models import Account
from app.database import transaction
from app.extensions import db
from app.mail.models import Mail
from app.permissions import SpaceRole
from app.spaces import actions
from app.spaces.models import Space, SpaceKind
from tests.factories import make_account, make_member, make_space

PASSWORD = "correct horse battery"
HASH = passwords.hashed(PASSWORD)


@pytest.fixture
def programme(app: object) -> Space:
    """The top of a tree, open to all in it."""
    return make_space("Quality dialogue", kind=SpaceKind.PROGRAMME, is_private=False)


@pytest.fixture
def cluster(programme: Space) -> Space:
    """A private cluster in the programme."""
    return make_space("Cluster 1", programme, SpaceKind.CLUSTER)


@pytest.fixture
def group(cluster: Space) -> Space:
    """A private steering group in the cluster."""
    return make_space("Steering group 1", cluster, SpaceKind.STEERING)


@pytest.fixture
def coordinator(cluster: Space) -> Account:
    """Who coordinates the cluster."""
    return make_member(cluster, SpaceRole.COORDINATOR, "Cora Coordinator")


@pytest.fixture
def member(cluster: Space) -> Account:
    """Who is in the cluster."""
    return make_member(cluster, name="Mia Member")


@pytest.fixture
def outsider(app: object) -> Account:
    """Who is in another tree."""
    return make_member(make_space("Elsewhere"), SpaceRole.COORDINATOR, "Ole Outsider")


@pytest.fixture
def admin(app: object) -> Account:
    """Who runs the installation, and is in no space."""
    return make_account(name="Ada Admin", standing="admin", password_hash=HASH)


@pytest.fixture
def organiser(app: object) -> Account:
    """Who may create events and programmes."""
    return make_account(name="Otto Organiser", standing="organiser", password_hash=HASH)


@pytest.fixture
def put(app: object) -> Callable[..., None]:
    """Put somebody into a space: `put(space, account, SpaceRole.MEMBER)`."""

    def admit(space: Space, account: Account, role: SpaceRole = SpaceRole.MEMBER) -> None:
        with transaction():
            actions.admit(space, account, role)

    return admit


@pytest.fixture
def letters(app: object) -> Callable[[], list[Mail]]:
    """All mails so far, oldest first."""
    return lambda: list(db.session.scalars(select(Mail).order_by(Mail.id)))


@pytest.fixture
def link_in(app: object) -> Callable[[Mail], str]:
    """The path of the link in a mail."""

    def link(mail: Mail) -> str:
        found = re.search(r"https?://[^/\s]+(/\S+)", mail.text)
        assert found, mail.text
        return found.group(1)

    return link
