"""A room that writes shared notes through the processes of a set-up."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests

from app.breakouts import actions as breakouts
from app.breakouts import queries as rounds
from app.breakouts.models import Room
from app.database import transaction
from app.events import actions as events
from app.events.models import Event, Participant
from app.extensions import db
from app.identity import TokenKind, issue
from app.notes import queries
from app.notes.models import Notes
from bench.stack import Stack
from bench.stack.application import AppProcess
from tests.factories import look_again
from tests.faults.crowd import SETTLED, Seat
from tests.faults.scribes import Scribe

AGENDA: list[dict[str, Any]] = [
    {"kind": "breakout", "title": "Round", "settings": {"mode": "automatic", "rooms": "1"}}
]


@dataclass
class Talk:
    """A room whose people write."""

    stack: Stack
    room_id: int
    seats: list[Seat]
    scribes: list[Scribe] = field(default_factory=list)

    @contextmanager
    def written_by(self, name: str, process: AppProcess) -> Iterator[Scribe]:
        """Let one more person write, by this process as long as it is there."""
        cookie = f"route={self._route_to(process)}"
        seat = self.seats[len(self.scribes)]
        scribe = Scribe(seat, name, self.room_id, self.stack.nginx, cookie)
        self.scribes.append(scribe)
        scribe.start()
        try:
            yield scribe
        finally:
            scribe.gone.set()
            scribe.join(SETTLED)

    def _route_to(self, process: AppProcess) -> str:
        """What a browser remembers whom nginx sends to this process."""
        address, log = f"{self.stack.url}/health", self.stack.nginx.access_log
        while True:
            before = log.read_text()
            answer = requests.get(address, timeout=SETTLED)
            while (told := log.read_text()) == before:
                time.sleep(0.05)
            if json.loads(told.splitlines()[-1])["process"].endswith(f":{process.port}"):
                return answer.cookies["route"]

    def goes_on_for(self, seconds: float) -> None:
        """Let them write; nobody falls silent, and each sees the cursors of all others."""
        before = [len(scribe.typed) for scribe in self.scribes]
        for scribe in self.scribes:
            scribe.pointed_at.clear()
        time.sleep(seconds)
        self._wait_for("somebody is silent", lambda: self._all_wrote(before))
        self._wait_for("cursors are not seen", self._all_see_all)

    def _all_wrote(self, before: Sequence[int]) -> bool:
        return all(
            len(scribe.typed) > count and scribe.epoch
            for scribe, count in zip(self.scribes, before, strict=True)
        )

    def _all_see_all(self) -> bool:
        people = {f"participant-{scribe.seat.id}" for scribe in self.scribes}
        return all(scribe.pointed_at >= people for scribe in self.scribes)

    def comes_through(self) -> None:
        """All that was typed stands in everybody's page and in the database, once."""
        for scribe in self.scribes:
            scribe.rests.set()
        self._wait_for("not all came through", lambda: all(s.acknowledged for s in self.scribes))
        self._wait_for("the pages differ", lambda: len({s.text for s in self.scribes}) == 1)
        self._wait_for("words are missing", lambda: Counter(self._text.split()) == self._typed)
        assert {scribe.epoch for scribe in self.scribes} == {self._notes.epoch}
        assert queries.text_of(self._notes) == self._text
        self._is_kept()

    @property
    def _typed(self) -> Counter[str]:
        return Counter(word for scribe in self.scribes for word in scribe.typed)

    @property
    def _text(self) -> str:
        return self.scribes[0].text

    @property
    def _notes(self) -> Notes:
        look_again()
        notes = queries.notes_in(self.room_id)
        assert notes is not None
        return notes

    def _is_kept(self) -> None:
        """After the round they stand in the results, put together once by either process."""
        with transaction():
            breakouts.end_round(breakouts.hold(db.session.get_one(Room, self.room_id).round_id))
        self._wait_for("they were not put together", lambda: self._notes.is_kept)
        assert Counter(self._notes.text.split()) == self._typed

    def _wait_for(self, what: str, is_so: Any) -> None:
        deadline = time.monotonic() + SETTLED
        while not is_so():
            for scribe in self.scribes:
                if scribe.failure is not None:
                    raise scribe.failure
            said = {
                s.name: (s.typed[-3:], s.text[-60:], s.pointed_at, s.trouble) for s in self.scribes
            }
            assert time.monotonic() < deadline, f"{what}: {said}"
            time.sleep(0.1)


def open_talk(stack: Stack, people: int = 3) -> Talk:
    """A round with one room, in which these people are."""
    with transaction():
        event = events.create_event("A conference that writes", language="de", items=AGENDA)
    with transaction():
        guests = [_guest(event, number) for number in range(people)]
        seats = [Seat(guest.id, issue(TokenKind.API, participant_id=guest.id)) for guest in guests]
    with transaction():
        events.start_step(event, event.items[0])
    round_ = rounds.round_of(event.items[0])
    assert round_ is not None
    (room,) = round_.rooms
    talk = Talk(stack, room.id, seats)
    db.session.close()
    db.engine.dispose()  # our own line is not to be cut with theirs
    return talk


def _guest(event: Event, number: int) -> Participant:
    return events.join(event, name=f"Guest {number}", municipality_id=None, language="de")
