"""The whole crowd: who is in it, when they come, and what is told about it."""

import random
from collections.abc import Callable
from itertools import islice
from typing import Any

import gevent

from app.demo.crowd.counts import Counts
from app.demo.crowd.hall import BEFORE, Hall
from app.demo.crowd.http import Api
from app.demo.crowd.person import Person
from app.demo.crowd.texts import Texts
from app.demo.people import SamplePerson, in_role

A_PERSON = 0.25  # seconds between two arrivals, on average
FAREWELL = 10  # seconds to let go of all connections

Tell = Callable[[str], None]


def cast(size: int, rng: random.Random) -> list[SamplePerson]:
    """So many people: those of the sample in some order, then others of the same places."""
    known = in_role("participant")
    rng.shuffle(known)
    if size <= len(known):
        return known[:size]
    names = [person.name.partition(" ") for person in known]
    firsts, lasts = [n[0] for n in names], [n[2] for n in names]
    more = (_double(rng.choice(known), rng.choice(firsts), rng.choice(lasts)) for _ in iter(int, 1))
    return [*known, *islice(more, size - len(known))]


def _double(like: SamplePerson, first: str, last: str) -> SamplePerson:
    return SamplePerson(
        name=f"{first} {last}",
        municipality=like.municipality,
        state=like.state,
        function=like.function,
        event_role=like.event_role,
        language=like.language,
    )


def play(
    api: Api, code: str, size: int, *, seconds: float | None, seed: int, pace: float, tell: Tell
) -> Counts:
    """Let so many people take part until the plenum, or for so many seconds; returns what was."""
    rng = random.Random(seed)
    hall = Hall(api, Api(api.url), code)  # who looks does not queue behind those who write
    texts = Texts(rng)
    total = Counts()
    people = [
        Person(who, hall, texts, random.Random(f"{seed} {number}"), pace)
        for number, who in enumerate(cast(size, rng))
    ]
    lives: list[Any] = [gevent.spawn(p.live, rng.uniform(0, size * A_PERSON)) for p in people]
    watcher = gevent.spawn(_follow, hall, lives)
    teller: Any = gevent.spawn(_tell_steps, hall, total, tell)
    gevent.joinall([watcher], timeout=seconds)
    hall.end()
    gevent.joinall([*lives, teller], timeout=FAREWELL)
    gevent.killall([*lives, teller, watcher])
    hall.eyes.close()
    return total


def _follow(hall: Hall, lives: list[Any]) -> None:
    """Watch the event once somebody is in it, as long as there is anybody."""
    while hall.token is None:
        if all(life.dead for life in lives):
            return
        gevent.sleep(0.1)
    hall.watch()


def _tell_steps(hall: Hall, total: Counts, tell: Tell) -> None:
    """A line for each step, when it is over."""
    title, moment = "Before the first step", BEFORE
    while True:
        hall.stays(moment, 3600)
        if hall.moment.step != moment.step or hall.is_over:
            counts, hall.counts = hall.counts, Counts()
            tell(_line(title, hall.event.get("present", 0), counts))
            total.add(counts)
            title = hall.step.get("title", title)
        if hall.is_over:
            return
        moment = hall.moment


def _line(title: str, present: int, counts: Counts) -> str:
    line = f"{title}: {present} present; {counts.done}"
    return f"{line}; {counts.trouble}" if counts.trouble else line
