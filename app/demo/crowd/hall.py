"""What everybody in the hall sees: where the event stands, and what there is to read."""

import time
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, NamedTuple

import gevent
from gevent.event import Event

from app.demo.crowd.counts import Counts
from app.demo.crowd.http import Api

OFTEN = 1.0  # seconds between two looks at the least
SELDOM = 4.0  # and at the most
READING = 3.0  # seconds after which what there is to read is read again


class Moment(NamedTuple):
    """A step of the agenda, and how far it has come."""

    step: int
    kind: str
    state: str


BEFORE = Moment(0, "", "")


@dataclass
class Hall:
    """One look at the event, shared by the whole crowd as a hall shares its screen."""

    api: Api
    eyes: Api  # for what is read by one for all
    code: str
    counts: Counts = field(default_factory=Counts)
    event: dict[str, Any] = field(default_factory=dict)
    moment: Moment = BEFORE
    concerns: list[dict[str, Any]] = field(default_factory=list)
    proposals: list[dict[str, Any]] = field(default_factory=list)
    questions: list[dict[str, Any]] = field(default_factory=list)
    token: str | None = None  # of the first who joined, with which all is read
    is_over: bool = False
    _changed: Event = field(default_factory=Event)
    _noise: Event = field(default_factory=Event)

    @property
    def step(self) -> dict[str, Any]:
        """The current step, empty before the first."""
        return self.event.get("step") or {}

    def heard(self) -> None:
        """Somebody's page was told that something has changed."""
        self._noise.set()

    def watch(self) -> None:
        """Look again and again; ends with the plenum."""
        last_read = 0.0
        while not self.is_over:
            self._noise.wait(SELDOM)
            self._noise.clear()
            self._look()
            if time.monotonic() - last_read > READING:
                self._read()
                last_read = time.monotonic()
            gevent.sleep(OFTEN)

    def _look(self) -> None:
        seen = self.get(f"/events/{self.code}")
        if not seen:
            return
        self.event = seen
        moment = Moment(
            self.step.get("id", 0), self.step.get("kind", ""), self.step.get("state") or ""
        )
        if moment != self.moment:
            self.moment = moment
            self.is_over = moment.kind == "plenum"
            self._tell()

    def _read(self) -> None:
        """What the pages of the current step show to all."""
        if self.step.get("poll"):
            self.concerns = (self.get(f"/polls/{self.step['poll']}") or {}).get("concerns", [])
        if self.moment.kind == "proposals":
            seen = [self.get(f"/aspects/{a['id']}") or {} for a in self.event["aspects"]]
            self.proposals = [p for aspect in seen for p in aspect.get("proposals", [])]
        asked = self.get(f"/events/{self.code}/questions") or {}
        self.questions = asked.get("questions", [])

    def get(self, path: str) -> Any:
        """Read something as the first of the crowd, or nothing if that fails."""
        try:
            answer = self.eyes.call("GET", path, token=self.token)
        except (OSError, HTTPException) as error:
            self.counts.failed(error)
            return None
        if not answer.is_good:
            self.counts.answered("look", answer.status)
        return answer.body if answer.is_good else None

    def stays(self, moment: Moment, seconds: float) -> bool:
        """Wait so long; whether the event stands where it stood, to the end of it."""
        end = time.monotonic() + seconds
        while self.moment == moment and not self.is_over:
            left = end - time.monotonic()
            if left <= 0:
                return True
            self._changed.wait(left)
        return False

    def end(self) -> None:
        """Send everybody home."""
        self.is_over = True
        self._tell()

    def _tell(self) -> None:
        """Wake all who wait; those who wait from now on wait for the next change."""
        woken, self._changed = self._changed, Event()
        woken.set()
