"""A server with a flash poll that can be told to compute beside its event loop, for `bench.loop`.

Says first what its visitors need to know, and then serves until its input ends.
"""

from gevent import monkey

monkey.patch_all()

import itertools  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import sys  # noqa: E402
import tempfile  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from gevent.pywsgi import WSGIServer  # noqa: E402
from sqlalchemy import select  # noqa: E402

from app.accounts import own_data, passwords  # noqa: E402
from app.breakouts.engine.assignment import Person, Room, plan  # noqa: E402
from app.extensions import db  # noqa: E402
from app.files.kinds import FileKind  # noqa: E402
from app.livepolls.grouping import Concern, group  # noqa: E402
from app.livepolls.models import Concern as StoredConcern  # noqa: E402
from app.livepolls.suggesting import suggest  # noqa: E402
from app.offload import run_apart, run_aside  # noqa: E402
from app.richtext import render  # noqa: E402
from app.search import words  # noqa: E402
from app.search.file_texts import text_of  # noqa: E402
from app.server import start_background  # noqa: E402
from bench.hall import Hall, open_hall  # noqa: E402
from bench.load.pacing import answers_apart, obey  # noqa: E402

CONCERNS = 500
PEOPLE, ROOMS, ROUNDS = 1000, 20, 3
PAUSE = 0.1  # seconds between two works
NAP = 0.005  # seconds between two looks at how late the loop is

PARAGRAPH = "We need **more** time for [advice](https://example.org) and _talks_. "
numbers = itertools.count()


def _grouped(do: Callable[..., Any]) -> Any:
    said = [Concern(str(n), f"Concern {n}: how do we reach parents {n % 40}?") for n in range(500)]
    return do(group, "What do you need?", said, lang="en")


def _assigned() -> None:
    people = [Person(n, n * n % (PEOPLE // 15)) for n in range(PEOPLE)]
    history = [{n: (n * (turn + 3)) % ROOMS for n in range(PEOPLE)} for turn in range(ROUNDS)]
    run_apart(plan, people, [Room(n) for n in range(ROOMS)], seed=1, history=history)


def _extracted() -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(" ".join(f"word{next(numbers)}" for _ in range(9000)))
        file.flush()
        words.remember(run_apart(words.stems_in, text_of(FileKind.TXT, Path(file.name))))


def works(hall: Hall) -> dict[str, Callable[[], Any]]:
    """What the features have computed beside the loop, in the ways in which they do it."""

    def suggested() -> None:
        with hall.app.test_request_context():
            suggest(hall.poll_id)

    return {
        "idle": lambda: None,
        "grouping": suggested,
        "assignment": _assigned,
        "hashing": lambda: passwords.hashed("a long password"),
        "export": lambda: run_aside(own_data.archived, PARAGRAPH * 80_000, []),
        "extraction": _extracted,
        "Markdown": lambda: run_aside(render, PARAGRAPH * 280),
        "grouping in a thread": lambda: _grouped(run_aside),
    }


class Computing:
    """What is computed just now, and how late the loop is meanwhile."""

    def __init__(self, hall: Hall) -> None:
        self.works = works(hall)
        self.late: list[float] = []
        self.done = 0
        self.worker = gevent.spawn(gevent.sleep)
        gevent.spawn(self._watch)

    def begin(self, number: float) -> dict[str, Any]:
        """Compute this from now on; what came of the last work, and the loop's lateness."""
        self.worker.kill()
        answer = {"done": self.done, "late": sorted(self.late)}
        self.late, self.done = [], 0
        self.worker = gevent.spawn(self._work, list(self.works.values())[int(number)])
        return answer

    def _work(self, do: Callable[[], Any]) -> None:
        while True:
            do()
            self.done += 1
            gevent.sleep(PAUSE)

    def _watch(self) -> None:
        while True:
            before = time.monotonic()
            gevent.sleep(NAP)
            self.late.append(time.monotonic() - before - NAP)


def main(port: int) -> None:
    """Fill a hall, say how to get in, and serve."""
    hall = open_hall(CONCERNS)
    with hall.app.app_context():
        ids = list(db.session.scalars(select(StoredConcern.id)))
    cookie = hall.participant.get_cookie("dialograum").value
    computing = Computing(hall)
    start_background(hall.app)
    said = {"code": hall.code, "concerns": ids, "cookie": cookie, "works": list(computing.works)}
    answers = answers_apart()
    os.write(answers, (json.dumps(said) + "\n").encode())
    gevent.spawn(obey, {"compute": computing.begin}, answers)
    WSGIServer(("127.0.0.1", port), hall.app, log=None).serve_forever()


if __name__ == "__main__":
    main(int(sys.argv[1]))
