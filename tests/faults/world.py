"""An event whose flash poll is open, with a crowd and pages, in the database of a server."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import select

from app.database import transaction
from app.events import actions as events
from app.events.models import Event, Participant
from app.extensions import db
from app.identity import TokenKind, issue
from app.livepolls.models import Concern, FlashPoll
from tests.factories import look_again
from tests.faults.account import settle
from tests.faults.crowd import SETTLED, Crowd, Seat
from tests.faults.watchers import Watcher, all_true

AGENDA: list[dict[str, Any]] = [
    {"kind": "poll", "title": "Flash poll", "text": "What do you need?", "minutes": 5}
]
PEOPLE = 24


@dataclass
class World:
    """An open poll, those who will submit, and those who look on."""

    app: Flask
    root: str
    code: str
    poll_id: int
    seats: list[Seat]
    watchers: list[Watcher] = field(default_factory=list)

    def crowd(self, root: str = "", *, seats: slice = slice(None), twice: bool = False) -> Crowd:
        """People who submit, by another address if one is named."""
        return Crowd(root or self.root, self.code, self.poll_id, self.seats[seats], twice=twice)

    def comes_through(self, *crowds: Crowd) -> None:
        """After a fault: all that was sent comes through, once, and all pages are true."""
        for crowd in crowds:
            crowd.stop()
        for watcher in self.watchers:
            self._has_once(watcher)
        all_true(self.watchers, self.poll_id)
        for crowd in crowds:
            settle(crowd)

    def _has_once(self, watcher: Watcher) -> None:
        """What somebody wrote in a page is there, as soon as the page has sent it again, once."""
        deadline = time.monotonic() + SETTLED
        while sorted(self._texts_of(watcher)) != sorted(watcher.wrote):
            kept = self._texts_of(watcher)
            assert time.monotonic() < deadline, (
                f"{watcher.wrote} were written, {kept} are there, {watcher.state}"
            )
            watcher.page.wait_for_timeout(200)

    def _texts_of(self, watcher: Watcher) -> Sequence[str]:
        look_again()
        theirs = select(Concern.text).join(Participant).where(Participant.name == watcher.name)
        return db.session.scalars(theirs.where(Concern.poll_id == self.poll_id)).all()


def open_world(app: Flask, root: str, people: int = PEOPLE) -> World:
    """Make the event and its people; the application's context is open."""
    with transaction():
        event = events.create_event("A conference with faults", language="de", items=AGENDA)
        events.start_step(event, event.items[0])
    poll = db.session.query(FlashPoll).filter_by(event_id=event.id).one()
    with transaction():
        poll.most_per_person = 1000
        guests = [_guest(event, number) for number in range(people)]
        db.session.flush()
        seats = [Seat(guest.id, _token(guest)) for guest in guests]
    return World(app, root, event.code, poll.id, seats)


def _guest(event: Event, number: int) -> Participant:
    guest = Participant(event_id=event.id, name=f"Guest {number}", language="de")
    db.session.add(guest)
    return guest


def _token(guest: Participant) -> str:
    return issue(TokenKind.API, participant_id=guest.id)
