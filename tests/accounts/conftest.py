"""What tests of accounts share."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from app.accounts import passwords
from app.accounts.models import Account
from app.extensions import db
from app.mail.models import Mail

PASSWORD = "correct horse battery"
HASH = passwords.hashed(PASSWORD)


@pytest.fixture
def member(account: Callable[..., Account]) -> Account:
    """Somebody with an account and `PASSWORD`."""
    return account("mia@example.org", name="Mia Member", password_hash=HASH, language="en")


@pytest.fixture
def organiser(account: Callable[..., Account]) -> Account:
    """Somebody who may create events."""
    return account(
        "otto@example.org",
        name="Otto Organiser",
        password_hash=HASH,
        standing="organiser",
        language="en",
    )


@pytest.fixture
def admin(account: Callable[..., Account]) -> Account:
    """Somebody who runs the installation."""
    return account(
        "ada@example.org", name="Ada Admin", password_hash=HASH, standing="admin", language="en"
    )


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
