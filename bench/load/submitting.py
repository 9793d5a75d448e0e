"""People who voice concerns and support others' through the API; each answer is kept."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPException

import gevent

from app.demo.crowd.http import Api
from bench.load.world import World, saying


@dataclass(frozen=True)
class Submission:
    """What somebody sent, and what came of it."""

    person: int  # place in the world's lists
    key: str  # empty for a support
    concern: int  # id; 0 if it was refused
    sent_at: float  # milliseconds
    answered_at: float
    status: int  # 0 where there was no answer

    @property
    def is_good(self) -> bool:
        """Whether the server has acknowledged it."""
        return 200 <= self.status < 300


@dataclass
class Submitters:
    """Everybody in the hall, at one or several servers."""

    world: World
    urls: Sequence[str]
    seed: int = 1
    done: list[Submission] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.apis = [Api(url) for url in self.urls]
        self.rng = random.Random(self.seed)
        self.concerns = list(self.world.concerns)
        self.taken: set[tuple[int, int]] = set()  # who wrote or supports what

    def submit(self, concerns: int, supports: int, seconds: float) -> list[Submission]:
        """Send so many within this time, at random moments; returns when all are answered."""
        people = len(self.world.tokens)
        deeds = [(self._voice, n % people) for n in range(concerns)]
        deeds += [(self._support, self.rng.randrange(people)) for _ in range(supports)]
        before = len(self.done)
        waiting = [
            gevent.spawn_later(self.rng.uniform(0, seconds), do, person, number)
            for number, (do, person) in enumerate(deeds)
        ]
        gevent.joinall(waiting, raise_error=True)
        return self.done[before:]

    def _voice(self, person: int, number: int) -> None:
        key = f"{self.seed}-{number}"
        path = f"/polls/{self.world.poll_id}/concerns"
        body = {"text": saying(number), "key": key}
        sent_at = time.time() * 1000
        status, answer = self._call("POST", path, person, body)
        concern = answer["id"] if status == 201 and answer else 0
        self.done.append(Submission(person, key, concern, sent_at, time.time() * 1000, status))
        if concern:
            self.taken.add((person, concern))
            self.concerns.append(concern)

    def _support(self, person: int, _number: int) -> None:
        free = [id for id in self.rng.sample(self.concerns, 20) if (person, id) not in self.taken]
        self.taken.add((person, free[0]))
        sent_at = time.time() * 1000
        status, _ = self._call("PUT", f"/concerns/{free[0]}/support", person, None)
        concern = free[0] if status == 204 else 0
        self.done.append(Submission(person, "", concern, sent_at, time.time() * 1000, status))

    def _call(
        self, method: str, path: str, person: int, body: dict[str, str] | None
    ) -> tuple[int, dict[str, int] | None]:
        api = self.apis[person % len(self.apis)]
        try:
            answer = api.call(method, path, body, token=self.world.tokens[person])
        except (OSError, HTTPException):
            return 0, None
        return answer.status, answer.body

    def close(self) -> None:
        """Let go of all connections."""
        for api in self.apis:
            api.close()
