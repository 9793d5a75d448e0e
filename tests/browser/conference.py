"""The conference that the browser test plays: the sample of the first start, and its people."""

import socket
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from app.accounts import links, queries
from app.accounts.links import Purpose
from app.accounts.models import Account
from app.database import transaction
from app.demo.agenda import TITLE
from app.demo.sample import HOST, MODERATOR, kept_password
from app.events import actions as events
from app.events.models import Event
from app.events.models import Participant as Guest
from app.extensions import db
from app.municipalities import queries as municipalities
from app.permissions import Role
from tests.browser.actors import (
    Moderator,
    ModeratorWithoutPointer,
    Participant,
    ParticipantWithoutPointer,
    Screen,
)
from tests.browser.person import PICTURES, Hall, Person, slowed
from tests.factories import look_again

HALL = [  # name, language, municipality, state where they have none
    ("Anna Auer", "de", "Auental", ""),
    ("Ben Baker", "en", "Auental", ""),
    ("Carla Conrad", "de", "Auental", ""),
    ("Dora Dean", "en", "Kreis Lippborg", ""),
    ("Emil Ernst", "de", "Kreis Lippborg", ""),
    ("Fay Fuller", "en", "Zechenau", ""),
    ("Gül Güner", "de", "", "Bayern"),
]
FURTHER = [
    ("Hanna Haas", "de", "", "Hessen"),
    ("Ivo Ilić", "de", "", "Hessen"),
    ("Jana Jung", "de", "", "Sachsen"),
    ("Kim Khan", "en", "", "Sachsen"),
    ("Lea Lang", "de", "", "Bayern"),
]
WITHOUT_POINTER = "Emil Ernst"
SECOND = "Ben Besides"


@dataclass
class Conference:
    """Who is there, and what they need to know of each other."""

    hall: Hall
    code: str
    moderator: Moderator
    second: Moderator  # who leads with the first, in English, and without a pointer
    host: Participant
    screen: Screen
    password: str
    participants: list[Participant] = field(default_factory=list)
    pictures: int = 0

    @property
    def event(self) -> Event:
        """The event as the database has it now."""
        look_again()
        return db.session.query(Event).filter_by(code=self.code).one()

    @property
    def everybody(self) -> list[Person]:
        """All who look at pages of the event."""
        return [self.moderator, self.host, self.screen, *self.participants]

    def named(self, name: str) -> Participant:
        """One of the participants."""
        return next(each for each in self.participants if each.name == name)

    def in_time(self, start: int, *people: Person) -> None:
        """Check that what these people watch for came within a second.

        All browsers share this machine, so the slowest of them gets another second; and where more
        wants to run than there are cores, all get as much longer.
        """
        late = {person.name: person.noticed(start) for person in people}
        assert median(late.values()) < slowed(1000), late
        assert max(late.values()) < slowed(2000), late

    def look(self, title: str, *people: Person) -> None:
        """Let axe look at these people's pages, and keep pictures of them."""
        self.pictures += 1
        for person in people:
            person.is_usable()
            if PICTURES:
                person.picture(f"{self.pictures:02}-{title}-{person.device}")


def sample_conference(hall: Hall, instance: Path) -> Conference:
    """The sample that the server has made at its first start, with nobody there yet."""
    look_again()
    event = db.session.query(Event).filter_by(is_template=False, title=TITLE).one()
    return Conference(
        hall,
        event.code,
        Moderator(hall, "The moderator"),
        ModeratorWithoutPointer(hall, SECOND, language="en"),
        Participant(hall, "The host"),
        Screen(hall, "The screen"),
        kept_password(instance) or "",
    )


def the_hall_is_open(c: Conference, names: Sequence[str]) -> None:
    """These people, two moderators, the host and the screen are there, without the way in."""
    for person, email in ((c.moderator, MODERATOR), (c.screen, MODERATOR), (c.host, HOST)):
        account = queries.by_email(email)
        assert account is not None
        person.has_been_here({"_user_id": account.get_id(), "_fresh": True})
    for name, language, *_place in HALL + FURTHER:
        if name in names:
            kind = ParticipantWithoutPointer if name == WITHOUT_POINTER else Participant
            c.participants.append(kind(c.hall, name, language=language))
    guests = _let_in(c)
    for person in (c.second, *c.participants):
        person.has_been_here({"participants": {str(c.event.id): guests[person.name]}})
    for person in (c.moderator, c.second):
        person.open(f"/e/{c.code}/cockpit")
    c.screen.open(f"/e/{c.code}/screen")
    for person in (c.host, *c.participants):
        person.open(f"/e/{c.code}")


def everybody_is_there(c: Conference) -> None:
    """All twelve."""
    the_hall_is_open(c, [name for name, *_rest in HALL + FURTHER])


def _let_in(c: Conference) -> dict[str, int]:
    """Those who have no account, by their names."""
    event = c.event
    with transaction():
        people: list[Guest] = [
            events.join(event, name=person.name, language=person.language)
            for person in c.participants
        ]
        people.append(events.join(event, name=SECOND, language="en", role=Role.MODERATOR))
    return {person.name: person.id for person in people}


def member_of(municipality: str, name: str, language: str) -> str:
    """Let a member of a municipality have this name, and language; returns the mail address."""
    with transaction():
        place = municipalities.named(municipality)
        people = db.session.query(Account).filter_by(municipality_id=place.id)
        account = people.order_by(Account.id).limit(1).one()
        account.name, account.language = name, language
    return str(account.email)


def invitation_of(email: str) -> str:
    """Where an invitation by mail leads."""
    account = queries.by_email(email)
    assert account is not None
    return f"/invitation/{links.secret_for(account, Purpose.INVITATION)}"


def address_outside() -> str:
    """An address of this machine other than 127.0.0.1, on which the server is reached, too."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            address = str(probe.getsockname()[0])
        except OSError:
            address = ""
    if address and not address.startswith("127."):
        return address
    spare = "198.51.100.7"  # meant for documentation, so nobody's
    subprocess.run(["ip", "address", "add", f"{spare}/32", "dev", "lo"], check=True)
    return spare
