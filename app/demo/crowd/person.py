"""One of the crowd: joins, and does at each step what people do there, at human pace."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

import gevent

from app.demo.crowd.hall import Hall, Moment
from app.demo.crowd.http import Answer
from app.demo.crowd.listening import Listener
from app.demo.crowd.texts import CONTRIBUTIONS, Texts
from app.demo.people import SamplePerson

TRIES = 8  # for one call, while the server is away or has too much to do
LONGEST_WAIT = 60.0
CHECKS_IN = 20.0  # seconds; whose socket is away stays present by a call
TYPING = 6.0  # characters a second

Plan = Iterator[float]  # the seconds until the next deed


class Gone(Exception):
    """This person cannot take part any more."""


@dataclass
class Person:
    """A participant who is played."""

    who: SamplePerson
    hall: Hall
    texts: Texts
    rng: random.Random
    pace: float  # how many times faster than people
    token: str = ""
    id: int = 0
    listener: Listener | None = None
    _keys: int = 0
    _room: str = ""  # the channel of the room that they are in
    _mine: set[tuple[str, int]] = field(default_factory=set)

    def live(self, arrival: float) -> None:
        """Come after so many seconds, and take part until the event is over."""
        gevent.sleep(arrival / self.pace)
        try:
            self._join()
            with_socket = gevent.spawn(self._listen)
            try:
                self._take_part()
            finally:
                with_socket.kill()
        except Gone:
            return

    def _join(self) -> None:
        body = {"name": self.who.name, "language": self.who.language}
        if self.who.state:
            body["state"] = self.who.state
        path = f"/events/{self.hall.code}/participants"
        home = {"municipality": self.who.municipality} if self.who.municipality else {}
        answer = self._call("join", "POST", path, {**body, **home})
        if answer.status == 422 and home:  # another installation has other municipalities
            answer = self._call("join", "POST", path, body)
        if answer.status == 404:
            self.hall.end()  # there is no such event
        if not answer.is_good:
            raise Gone
        self.token, self.id = answer.body["token"], answer.body["participant_id"]
        self.hall.token = self.hall.token or self.token

    def _listen(self) -> None:
        self.listener = Listener(self.hall.api.address, self.token, self.hall.heard)
        self.listener.subscribe(f"event:{self.hall.code}")
        self.listener.run(self.hall.counts.failed)

    def _take_part(self) -> None:
        while not self.hall.is_over:
            moment = self.hall.moment
            for seconds in self._plan(moment):
                if not self.hall.stays(moment, seconds / self.pace):
                    break
            while self.hall.stays(moment, CHECKS_IN):
                self._check_in()
            self._leave_room()

    def _check_in(self) -> None:
        if self.listener is None or not self.listener.is_connected:
            self._call("look", "GET", f"/events/{self.hall.code}")

    def _plan(self, moment: Moment) -> Plan:
        """What this person does now, as pauses with deeds between them."""
        step = self.hall.step
        if moment.state == "open" and step.get("poll"):
            yield from self._voice_concerns(step["poll"])
        elif moment.kind == "proposals":
            yield from self._propose()
        elif moment.state == "choosing":
            yield from self._choose(step["round"])
        elif moment.state == "open" and step.get("round"):
            yield from self._talk(step["round"])
        elif moment.state == "open" and step.get("ballot"):
            yield from self._vote(step["ballot"])
        yield from self._ask()

    def _voice_concerns(self, poll: int) -> Plan:
        for _ in range(self.rng.choice((0, 1, 1, 1, 2, 2, 3))):
            text = self.texts.draw("voiced", self.who.language)
            yield self._writing(text)
            self._submit("concern", f"/polls/{poll}/concerns", text)
            yield from self._agree(self.rng.randint(1, 3), "concerns")
        for _ in range(self.rng.randint(0, 4)):
            yield self.rng.uniform(4, 15)
            yield from self._agree(1, "concerns")

    def _agree(self, times: int, things: str) -> Plan:
        """Read what others wrote, and say “me too” to some of it."""
        for _ in range(times):
            yield self.rng.uniform(2, 8)
            seen = [thing["id"] for thing in getattr(self.hall, things)]
            others = [id for id in seen if (things, id) not in self._mine]
            if others and self.rng.random() < 0.7:
                deed = f"{things.removesuffix('s')} support"
                self._call(deed, "PUT", f"/{things}/{self.rng.choice(others)}/support")

    def _propose(self) -> Plan:
        aspects = self.hall.event.get("aspects", [])
        if aspects and self.rng.random() < 0.6:
            text = self.texts.draw("proposal", self.who.language)
            yield self._writing(text)
            aspect = self.rng.choice(aspects)["id"]
            self._submit("proposal", f"/aspects/{aspect}/proposals", text)
        for _ in range(self.rng.randint(1, 4)):
            yield self.rng.uniform(5, 20)
            yield from self._agree(1, "proposals")
            if self.hall.proposals and self.rng.random() < 0.3:
                text = self.texts.draw("comment", self.who.language)
                yield self._writing(text)
                proposal = self.rng.choice(self.hall.proposals)["id"]
                self._submit("comment", f"/proposals/{proposal}/comments", text)

    def _choose(self, round_: int) -> Plan:
        yield self.rng.uniform(3, 40)
        if self.rng.random() < 0.15:
            return  # some never choose
        mine = self._call("look", "GET", f"/rounds/{round_}/me")
        rooms = [room["id"] for room in (mine.body or {}).get("choices", [])]
        if rooms and (mine.body or {}).get("is_wishing"):
            wishes = {"rooms": self.rng.sample(rooms, min(3, len(rooms)))}
            self._call("wishes", "PUT", f"/rounds/{round_}/wishes", wishes)
        elif rooms:
            room = {"room": self.rng.choice(rooms)}
            self._call("choice", "PUT", f"/rounds/{round_}/me", room)

    def _talk(self, round_: int) -> Plan:
        yield self.rng.uniform(1, 4)
        mine = self._call("look", "GET", f"/rounds/{round_}/me")
        room = ((mine.body or {}).get("room") or {}).get("id")
        if room is None:
            return
        self._enter_room(room)
        for _ in range(self.rng.choice((0, 1, 1, 2, 3))):
            kind = self.rng.choice(list(CONTRIBUTIONS))
            text = self.texts.draw(kind, self.who.language)
            yield self._writing(text) + self.rng.uniform(5, 60)
            self._submit("contribution", f"/rooms/{room}/contributions", text, kind=kind)

    def _enter_room(self, room: int) -> None:
        self._room = f"room:{room}"
        if self.listener is not None:
            self.listener.subscribe(self._room)

    def _leave_room(self) -> None:
        if self._room and self.listener is not None:
            self.listener.leave(self._room)
        self._room = ""

    def _vote(self, ballot: int) -> Plan:
        yield self.rng.uniform(2, 20)
        asked = self._call("look", "GET", f"/ballots/{ballot}").body or {}
        options = [option["id"] for option in asked.get("options", [])]
        if options:
            share = self.rng.randint(1, min(asked["most"], len(options)))
            chosen = self.rng.sample(options, share)
            self._call("vote", "PUT", f"/ballots/{ballot}/me", {"options": chosen})
        elif asked:
            value = self.rng.randint(asked["lowest"], asked["highest"])
            self._call("vote", "PUT", f"/ballots/{ballot}/me", {"value": value})

    def _ask(self) -> Plan:
        """Beside all steps: now and then a question to the speakers."""
        yield self.rng.uniform(10, 60)
        if self.rng.random() < 0.06:
            text = self.texts.draw("question", self.who.language)
            yield self._writing(text)
            self._submit("question", f"/events/{self.hall.code}/questions", text)
        elif self.rng.random() < 0.3:
            yield from self._agree(1, "questions")

    def _writing(self, text: str) -> float:
        """The seconds it takes to think of a text and to type it."""
        return self.rng.expovariate(1 / 12) + len(text) / TYPING

    def _submit(self, deed: str, path: str, text: str, **more: Any) -> None:
        self._keys += 1
        answer = self._call(deed, "POST", path, {"text": text, "key": str(self._keys), **more})
        if answer.is_good:
            self._mine.add((f"{deed}s", answer.body["id"]))

    def _call(self, deed: str, method: str, path: str, body: Any = None) -> Answer:
        """Call, and call again as a page does while the server is away; all is counted."""
        for attempt in range(TRIES):
            pause = 2.0**attempt / 2
            try:
                answer = self.hall.api.call(method, path, body, token=self.token or None)
            except (OSError, HTTPException) as error:
                self.hall.counts.failed(error)
            else:
                self.hall.counts.answered(deed, answer.status)
                if answer.status not in (429, 500, 502, 503, 504):
                    break
                pause = max(pause, answer.retry_after)
            gevent.sleep(min(pause, LONGEST_WAIT))
        else:
            raise Gone
        if answer.status == 401:
            raise Gone
        return answer
