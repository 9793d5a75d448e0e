"""A space with a forum, a thread, and people; and a mail server where letters arrive."""

import re
from collections.abc import Callable
from email.message import EmailMessage

import pytest
from flask import Flask

from app.accounts.models import Account
from app.database import transaction
from app.forums.models import Forum, Thread
from app.jobs import Jobs
from app.mail import delivery
from app.notifications import actions
from app.notifications.mailing import send_waiting
from app.notifications.models import Level
from app.notifications.spreading import spread_all
from app.spaces.models import Space
from tests.factories import look_again, make_forum, make_member, make_space, make_thread
from tests.mail.conftest import deliver, post_office, smtp_url
from tests.mail.post_office import PostOffice

__all__ = ["deliver", "post_office", "smtp_url"]


@pytest.fixture
def space(app: Flask) -> Space:
    """A private space."""
    return make_space("Steering group South")


@pytest.fixture
def forum(space: Space) -> Forum:
    """Its forum."""
    return make_forum(space, "Cycling & walking")


@pytest.fixture
def ines(space: Space) -> Account:
    """Who begins the thread, and writes most."""
    return make_member(space, name="Ines Vogt")


@pytest.fixture
def mia(space: Space) -> Account:
    """Who is told."""
    return make_member(space, name="Mia Maurer")


@pytest.fixture
def thread(forum: Forum, ines: Account) -> Thread:
    """A thread, about whose first post everybody has been told."""
    made = make_thread(forum, ines, "Bike racks at the station")
    spread_all()
    look_again()
    return made


@pytest.fixture
def told(app: Flask) -> Callable[[], None]:
    """Do what jobs would do: spread what was written, and write the letters."""

    def do() -> None:
        spread_all()
        send_waiting()
        look_again()

    return do


@pytest.fixture
def wishes(app: Flask) -> Callable[..., None]:
    """Let somebody choose: `wishes(mia, Level.ALL)`, or with a space or a thread."""

    def choose(account: Account, level: Level, place: Space | Thread | None = None) -> None:
        with transaction():
            if place is None:
                actions.keep_preferences(account.id, level=level)
            elif isinstance(place, Space):
                actions.set_space_level(account.id, place, level)
            else:
                actions.set_thread_level(account.id, place.id, level)

    return choose


@pytest.fixture
def mails(
    app: Flask,
    told: Callable[[], None],
    deliver: Callable[[], int],
    post_office: PostOffice,
) -> Callable[[], list[EmailMessage]]:
    """What has arrived since the last look, after all jobs."""
    seen = 0

    def look() -> list[EmailMessage]:
        nonlocal seen
        told()
        delivery.deliver()
        look_again()
        new, seen = post_office.received[seen:], len(post_office.received)
        return new

    return look


def link_in(mail: EmailMessage, part: str = "/m/") -> str:
    """The path of the first link of a kind in a mail."""
    found = re.search(rf"https?://[^/\s]+({re.escape(part)}\S+)", mail.get_content())
    assert found, mail.get_content()
    return found[1]


@pytest.fixture
def at_once(app: Flask, jobs_at_once: Jobs) -> Jobs:
    """Jobs are done as soon as their cause is committed."""
    return jobs_at_once
