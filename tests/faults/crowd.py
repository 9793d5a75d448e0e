"""A crowd that submits all the while, as pages do: until each submission is acknowledged, once."""

import itertools
import os
import random
import secrets
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import requests

PACE = 1.5  # seconds between two texts of one person
PATIENCE = 5.0  # seconds that an answer may take until it counts as lost
FULL = os.environ.get("FAULTS") == "full"  # at full length, on a machine with nothing else to do
SETTLED = 15.0  # seconds within which all is well again after a fault
AGAIN = 0.5  # seconds until a submission is tried again, unless the server says when


@dataclass
class Submission:
    """Something that one person sends, and what has become of it."""

    kind: str
    method: str
    path: str
    person: int
    body: dict[str, Any] | None = None
    id: int | None = None
    tries: int = 0
    acknowledged_at: float | None = None
    begun_at: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """How long it took until the server had it."""
        return (self.acknowledged_at or time.monotonic()) - self.begun_at


@dataclass(frozen=True)
class Seat:
    """Somebody in the hall: who they are, and the token that says so."""

    id: int
    token: str


class Submitter(threading.Thread):
    """One person who writes, supports what is there, and never gives anything up."""

    def __init__(self, crowd: "Crowd", seat: Seat) -> None:
        super().__init__(daemon=True)
        self.crowd, self.seat = crowd, seat
        self.sent: list[Submission] = []
        self._random = random.Random(seat.id)
        self._line = requests.Session()
        self._line.trust_env = False
        self._line.headers["Authorization"] = f"Bearer {seat.token}"

    def run(self) -> None:
        """Submit until the crowd is told to stop; what is on its way is seen through."""
        self.crowd.stopped.wait(self._random.uniform(0, PACE))
        for submission in self._submissions():
            if self.crowd.stopped.is_set():
                return
            self.sent.append(submission)
            self._see_through(submission)
            self.crowd.stopped.wait(self._random.uniform(0.3, 1) * PACE / 2)

    def _submissions(self) -> Iterator[Submission]:
        for number in itertools.count(1):
            text = f"Person {self.seat.id} says number {number}"
            body = {"text": text, "key": secrets.token_hex(8)}
            concerns = f"/polls/{self.crowd.poll_id}/concerns"
            questions = f"/events/{self.crowd.code}/questions"
            yield Submission("concern", "POST", concerns, self.seat.id, body)
            others = [s.id for s in self.crowd.voiced if s.person != self.seat.id]
            if others:
                liked = self._random.choice(others)
                path = f"/concerns/{liked}/support"
                yield Submission("support", "PUT", path, self.seat.id, id=liked)
            if number % 3 == 0:
                body = {"text": f"{text}, and asks", "key": secrets.token_hex(8)}
                yield Submission("question", "POST", questions, self.seat.id, body)

    def _see_through(self, submission: Submission) -> None:
        """Send it until it is acknowledged, or the crowd has lost patience."""
        while not self.crowd.given_up.is_set():
            submission.tries += 1
            wait = self._send(submission)
            if submission.acknowledged_at is not None:
                return
            self.crowd.given_up.wait(wait * self._random.uniform(1, 1.5))

    def _send(self, submission: Submission) -> float:
        """Try once, or twice at once; returns the seconds until it is worth trying again."""
        answers = self._answers(submission)
        self.crowd.statuses.update(answer.status_code for answer in answers)
        taken = [answer for answer in answers if answer.status_code in (200, 201, 204)]
        if taken:
            self._note(submission, taken)
            return 0
        for answer in answers:
            if answer.status_code in (401, 403, 404, 409, 422):
                raise AssertionError(
                    f"{submission} was refused: {answer.status_code} {answer.text}"
                )
        waits = [float(a.headers.get("Retry-After", AGAIN)) for a in answers]
        return min([2.0, *waits]) if waits else AGAIN

    def _answers(self, submission: Submission) -> list[requests.Response]:
        def send(_number: int) -> requests.Response | None:
            try:
                return self._line.request(
                    submission.method,
                    f"{self.crowd.root}/api/v1{submission.path}",
                    json=submission.body,
                    timeout=PATIENCE,
                )
            except requests.RequestException:
                return None

        if not self.crowd.twice:
            answers = [send(0)]
        else:
            with ThreadPoolExecutor(2) as both:
                answers = list(both.map(send, range(2)))
        return [answer for answer in answers if answer is not None]

    def _note(self, submission: Submission, taken: Sequence[requests.Response]) -> None:
        submission.acknowledged_at = time.monotonic()
        ids = {answer.json()["id"] for answer in taken if answer.status_code != 204}
        if ids:
            assert len(ids) == 1, f"{submission} has several ids: {ids}"
            submission.id = ids.pop()
        if submission.kind == "concern" and submission.id is not None:
            self.crowd.voiced.append(submission)


class Crowd:
    """People who submit through one address: `with crowd.submitting(): ...`."""

    def __init__(
        self, root: str, code: str, poll_id: int, seats: Sequence[Seat], *, twice: bool = False
    ) -> None:
        self.root, self.code, self.poll_id, self.twice = root, code, poll_id, twice
        self.statuses: Counter[int] = Counter()  # of all answers
        self.voiced: list[Submission] = []  # concerns, which others may support
        self.stopped = threading.Event()
        self.given_up = threading.Event()
        self.people = [Submitter(self, seat) for seat in seats]

    @property
    def sent(self) -> list[Submission]:
        """All that was sent so far."""
        return [submission for person in self.people for submission in person.sent]

    @property
    def acknowledged(self) -> list[Submission]:
        """Those that the server has taken over."""
        return [submission for submission in self.sent if submission.acknowledged_at is not None]

    def __enter__(self) -> "Crowd":
        for person in self.people:
            person.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop(0.1)

    def stop(self, seconds: float = SETTLED) -> None:
        """Send nothing new, and give what is on its way so many seconds."""
        self.stopped.set()
        deadline = time.monotonic() + seconds
        for person in self.people:
            person.join(max(0.1, deadline - time.monotonic()))
        self.given_up.set()
        for person in self.people:
            person.join(2 * PATIENCE)

    def goes_on_for(self, seconds: float) -> None:
        """Wait while the crowd submits; it has something to show afterwards, or soon."""
        before = len(self.acknowledged)
        deadline = time.monotonic() + seconds + SETTLED
        time.sleep(seconds)
        while len(self.acknowledged) == before:
            assert time.monotonic() < deadline, "nothing is acknowledged any more"
            time.sleep(0.1)
