"""Moderators who sort concerns while these come in, with the forms of their page."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import cycle
from statistics import quantiles
from typing import Any, Self

import gevent
from sqlalchemy import Select, func, select

from app.extensions import db
from app.livepolls.board.facts import SuggestionsMade
from app.livepolls.board.models import BoardAction, Suggestion
from app.livepolls.models import Aspect, Concern
from app.outbox import OutboxEntry
from app.responses import STREAMS
from bench.load.browser import Browser, hidden_fields
from bench.load.crowd import Crowd
from bench.load.world import World

EACH = 1.0  # seconds from one gesture of a moderator to the next
SOMEBODY_WAS_FASTER = (404, 409)

Form = dict[str, str]
Gesture = tuple[str, Form] | None  # where it is sent, and what; if there is anything to do


@dataclass
class Sorter:
    """One of them: asks for suggestions, accepts, moves and renames by turns."""

    world: World
    browser: Browser
    rng: random.Random
    done: int = 0
    too_late: int = 0
    failed: int = 0
    fields: Form = field(default_factory=dict)
    is_over: bool = False

    def sit_down(self) -> None:
        """Open the cockpit, whose forms have the token."""
        status, page = self.browser.fetch("GET", f"/e/{self.world.code}/cockpit")
        if status != 200:
            raise RuntimeError(f"the cockpit answered {status}")
        self.fields = hidden_fields(page)
        self.browser.waited.clear()

    def sort(self) -> None:
        """Make one gesture after the other, until it is over."""
        due = time.monotonic()
        for choose in cycle((self._ask, self._accept, self._move, self._rename, self._move)):
            due += EACH
            gevent.sleep(max(0.0, due - time.monotonic()))
            if self.is_over:
                return
            self._make(choose)

    def _make(self, choose: Callable[[], Gesture]) -> None:
        with self.world.app.app_context():
            chosen = choose() or self._gather()
        if chosen is None:
            return
        path, form = chosen
        try:
            status, _ = self.browser.fetch("POST", path, {**self.fields, **form}, STREAMS)
        except (OSError, HTTPException):
            status = 0
        self.done += status == 200 and choose != self._ask
        self.too_late += status in SOMEBODY_WAS_FASTER
        self.failed += status not in (200, *SOMEBODY_WAS_FASTER)

    def _ask(self) -> Gesture:
        return f"/polls/{self.world.poll_id}/suggestions", {}

    def _accept(self) -> Gesture:
        found = self._any(select(Suggestion.id).where(Suggestion.poll_id == self.world.poll_id))
        return (f"/suggestions/{found[0]}/acceptance", {}) if found else None

    def _move(self) -> Gesture:
        concern, aspect = self._any(self._loose()), self._any(self._aspects())
        if not concern or not aspect:
            return None
        return f"/aspects/{aspect[0]}/concerns", {"concern": f"{concern[0]}:"}

    def _rename(self) -> Gesture:
        aspect = self._any(self._aspects())
        if not aspect:
            return None
        title = f"Thema {self.rng.randrange(10**6)}"
        return f"/aspects/{aspect[0]}/title", {"title": title, "was": aspect[1]}

    def _gather(self) -> Gesture:
        """Begin an aspect by hand where there is nothing else to do."""
        concern = self._any(self._loose())
        if not concern:
            return None
        return f"/polls/{self.world.poll_id}/aspects", {"concern": f"{concern[0]}:"}

    def _loose(self) -> Select[Any]:
        mine = (Concern.poll_id == self.world.poll_id, Concern.aspect_id.is_(None))
        return select(Concern.id).where(*mine, Concern.shown())

    def _aspects(self) -> Select[Any]:
        return select(Aspect.id, Aspect.title).where(Aspect.poll_id == self.world.poll_id)

    def _any(self, query: Select[Any]) -> Any:
        return db.session.execute(query.order_by(func.random()).limit(1)).first()


class Sorting:
    """All moderators at their boards, which hear what the others do."""

    def __init__(self, world: World, url: str) -> None:
        self.world = world
        self.crowd = Crowd(url, channel=world.cockpit)
        self.sorters = [
            Sorter(world, Browser(url, world.cookies_of(person)), random.Random(person))
            for person in world.moderators
        ]
        self._at_work: list[gevent.Greenlet[..., None]] = []

    def __enter__(self) -> Self:
        self.crowd.__enter__()
        for sorter in self.sorters:
            sorter.sit_down()
            self.crowd.say(f"client 0 cookie {sorter.browser.cookie}")
        self.crowd.wait_until_all_hear()
        self.crowd.reset()
        self._before = self._suggested()
        self._at_work = [gevent.spawn(sorter.sort) for sorter in self.sorters]
        return self

    def __exit__(self, *error: object) -> None:
        gevent.killall(self._at_work)
        for sorter in self.sorters:
            sorter.browser.close()
        self.crowd.__exit__(*error)

    def stop(self) -> dict[str, Any]:
        """Let them finish what they are doing; what came of it."""
        for sorter in self.sorters:
            sorter.is_over = True
        gevent.joinall(self._at_work, raise_error=True)
        heard = self.crowd.figures
        waited = [span for sorter in self.sorters for span in sorter.browser.waited]
        done = sum(sorter.done for sorter in self.sorters)
        return {
            "gestures": done,
            "too_late": sum(sorter.too_late for sorter in self.sorters),
            "gestures_failed": sum(sorter.failed for sorter in self.sorters),
            "gestures_off": self._kept() - done,
            "gesture_p95_ms": round(quantiles(waited, n=20)[-1]) if len(waited) > 1 else 0,
            "suggested": self._suggested() - self._before,
            "board_wrong": sum(heard[name] for name in ("gaps", "repeats", "broken", "lost")),
        }

    def _kept(self) -> int:
        """How many gestures stand in the log."""
        return self._count(BoardAction, BoardAction.poll_id == self.world.poll_id)

    def _suggested(self) -> int:
        mine = OutboxEntry.channel == self.world.channel
        return self._count(OutboxEntry, mine, OutboxEntry.kind == SuggestionsMade.__name__)

    def _count(self, table: Any, *conditions: Any) -> int:
        with self.world.app.app_context():
            found = select(func.count()).select_from(table).where(*conditions)
            return db.session.scalar(found) or 0
