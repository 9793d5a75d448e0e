"""A programme with two clusters: its spaces, its people, and their browsers."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from playwright.sync_api import Locator, expect

from app.accounts.models import Account
from app.database import transaction
from app.forums.models import Forum, Post, Thread
from app.permissions import SpaceRole
from app.spaces import actions as spaces
from app.spaces.models import Space, SpaceKind
from tests.browser.person import Hall, Person
from tests.browser.served import Served
from tests.factories import (
    make_account,
    make_forum,
    make_municipality,
    make_post,
    make_space,
    make_thread,
)

PATIENCE = 20  # seconds that a mail may take: what is lost on the way is found every five
LONG = "Das haben wir so gemacht. " * 12
FIELD = "form[data-composer] textarea[name=text]"
SEND = "form[data-composer] .composer-foot .btn-primary"


@dataclass
class Programme:
    """Spaces and people; each test has its own."""

    served: Served
    hall: Hall
    root: Space
    north: Space
    south: Space
    forum: Forum  # of the north
    accounts: dict[str, Account] = field(default_factory=dict)

    def member(
        self, name: str, *places: Space, role: SpaceRole = SpaceRole.MEMBER, language: str = "de"
    ) -> Account:
        """Somebody of the programme, and of these spaces."""
        town = make_municipality()
        account = make_account(
            name=name, language=language, password_hash="-", municipality_id=town.id
        )
        with transaction():
            for place in (self.root, *places):
                spaces.admit(place, account, role if place in places else SpaceRole.MEMBER)
        self.accounts[name] = account
        return account

    def enters(self, name: str, kind: type[Person] = Person, language: str = "de") -> Any:
        """Their browser, in which they are signed in."""
        person = kind(self.hall, name, language=language)
        session = {"_user_id": self.accounts[name].get_id(), "_fresh": True}
        app = self.served.app
        cookie = app.session_interface.get_signing_serializer(app).dumps(session)  # type: ignore[attr-defined]
        person.context.add_cookies(
            [{"name": "dialograum", "value": cookie, "url": self.hall.server.url}]
        )
        return person

    def thread(self, author: str, title: str, posts: int = 0) -> Thread:
        """A thread in the north, with this many posts behind the first."""
        thread = make_thread(self.forum, self.accounts[author], title)
        self.posts(thread, author, posts)
        return thread

    def posts(self, thread: Thread, author: str, count: int) -> list[Post]:
        """Posts that fill a good part of a page each."""
        account = self.accounts[author]
        return [make_post(thread, account, f"{LONG} Nr. {n}") for n in range(count)]

    def mail(self, name: str, fits: Callable[[EmailMessage], bool] = bool) -> EmailMessage:
        """Wait for a mail to somebody, and return it."""
        address = str(self.accounts[name].email)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for mail in self.mails(address):
                if fits(mail):
                    return mail
            time.sleep(0.05)
        raise AssertionError(
            f"no mail for {name}: {[m['To'] for m in self.served.office.received]}"
        )

    def mails(self, address: str) -> list[EmailMessage]:
        """What has arrived there."""
        return [mail for mail in self.served.office.received if mail["To"] == address]


def make_programme(served: Served, hall: Hall) -> Programme:
    """The north with Ines, Ole and Cem, the south with Sigrid."""
    root = make_space("Qualitätsdialog", kind=SpaceKind.PROGRAMME, is_private=False)
    north, south = (
        make_space(name, root, SpaceKind.CLUSTER) for name in ("Cluster Nord", "Cluster Süd")
    )
    programme = Programme(served, hall, root, north, south, make_forum(north, "Wege zu Familien"))
    programme.member("Ines Vogt", north, role=SpaceRole.COORDINATOR)
    for name in ("Ole Ahrens", "Cem Schuster"):
        programme.member(name, north)
    programme.member("Sigrid Süder", south, role=SpaceRole.COORDINATOR)
    return programme


def begins_to_write(person: Person, text: str, watched_by: Person) -> Locator:
    """Type into the thread's composer, until somebody else sees who is writing."""
    field = person.sees(FIELD)
    field.press_sequentially(text)
    line = watched_by.page.locator("who-writes", has_text=f"{person.name} schreibt gerade")
    for _ in range(100):  # a page that is not connected yet tells nobody
        if line.is_visible():
            break
        field.press_sequentially(".", delay=100)
    expect(line).to_be_visible()
    field.fill(text)
    return field


def sends(person: Person, text: str = "") -> None:
    """Send what stands in the composer, or this; it is then seen by its author."""
    if text:
        person.sees(FIELD).fill(text)
    written = person.find(FIELD).input_value()
    person.press(SEND)
    person.sees(".forum-post", written.splitlines()[-1])
    expect(person.find(FIELD)).to_have_value("")


def top_of(post: Locator) -> float:
    """Where a post stands in the window."""
    return float(post.evaluate("post => post.getBoundingClientRect().top"))
