"""What these tests share: the whole set-up with an open poll, and people who come through nginx."""

import gc
import itertools
import json
import queue
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
import requests
import socketio
from flask import Flask
from sqlalchemy import select

from app.database import transaction
from app.events import actions
from app.extensions import db
from app.livepolls.models import FlashPoll
from bench.stack import Part, Stack
from tests import sockets
from tests.applications import application, beside
from tests.browsers import Browser

AGENDA = [{"kind": "poll", "title": "Flash poll", "text": "What do you need?", "minutes": 5}]
PATIENCE = 30  # seconds

# A client that is cut off leaves its socket to the garbage collector.
LEFT_OPEN = (
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
)


@dataclass(frozen=True)
class Poll:
    """An open flash poll."""

    id: int
    code: str


class Person:
    """Somebody in the event, at one of the set-up's addresses, with cookies as a browser's."""

    def __init__(self, stack: Stack, poll: Poll, root: str, name: str) -> None:
        self.stack, self.poll, self.root = stack, poll, root
        self.session = requests.Session()
        self.session.get(f"{root}/join/{poll.code}").raise_for_status()
        joined = self.session.post(
            f"{root}/api/v1/events/{poll.code}/participants", json={"name": name}
        )
        joined.raise_for_status()
        self.token = joined.json()["token"]

    def says(self, text: str) -> requests.Response:
        """Submit a concern, once."""
        return self.session.post(
            f"{self.root}/api/v1/polls/{self.poll.id}/concerns",
            json={"text": text, "key": text},
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=PATIENCE,
        )

    def process(self) -> Part:
        """The process that nginx sends this person to."""
        before = len(_lines(self.stack))
        self.session.get(f"{self.root}/health").raise_for_status()
        wait_until(lambda: len(_lines(self.stack)) > before)
        port = _lines(self.stack)[-1]["process"].rpartition(":")[2]
        return next(app for app in self.stack.apps if str(app.port) == port)


class Page:
    """A page's socket that comes back by itself, and what it hears."""

    def __init__(self, person, transports=("websocket",), *, cookie=True):
        self.person = person
        self.heard = queue.Queue()
        self.connections = 0
        self.browser = requests.Session()
        self.browser.cookies.update(person.session.cookies if cookie else {})
        self.client = socketio.Client(
            reconnection_delay=0.5, reconnection_delay_max=2, http_session=self.browser
        )
        self.client.on("connect", self._connected)
        self.client.on("change", self.heard.put)
        self.client.connect(
            person.root,
            auth={"token": person.token},
            transports=list(transports),
            wait_timeout=PATIENCE,
        )

    def _connected(self):
        answer = self.client.call("subscribe", {"channel": f"event:{self.person.poll.code}"})
        assert answer["ok"]
        self.connections += 1

    def hears(self, text, seconds=PATIENCE):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            try:
                if text in self.heard.get(timeout=max(0.01, deadline - time.monotonic()))["html"]:
                    return True
            except queue.Empty:
                return False
        return False


def _lines(stack: Stack) -> list[dict[str, str]]:
    return [json.loads(line) for line in stack.nginx.access_log.read_text().splitlines()]


def wait_until(is_so: Callable[[], object], seconds: float = PATIENCE) -> None:
    """Wait until something is so, and fail if it never is."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    """PostgreSQL, Redis, nginx, two processes and a worker; in the end no log has a traceback."""
    with Stack(apps=2, workers=1, durable=False) as stack:
        yield stack
        logs = stack.logs
    for name, log in logs.items():
        assert "Traceback" not in log, f"{name}:\n{log}"


@pytest.fixture
def app(stack: Stack) -> Iterator[Flask]:
    """The application on the set-up's database, to look into it."""
    with application(beside(stack)) as app:
        yield app


@pytest.fixture
def poll(app: Flask) -> Poll:
    """An open poll in which everybody may say a lot."""
    with transaction():
        event = actions.create_event("A conference", language="en", items=AGENDA)
        actions.start_step(event, event.items[0])
    with transaction():
        poll = db.session.scalars(select(FlashPoll).filter_by(event_id=event.id)).one()
        poll.most_per_person = 1000
    return Poll(poll.id, event.code)


@pytest.fixture
def person(stack: Stack, poll: Poll) -> Iterator[Callable[..., Person]]:
    """Let somebody in: `person("Ada")` through nginx, `person("Ada", at=stack.apps[0].url)`."""

    people: list[Person] = []

    def enter(name: str, at: str = "") -> Person:
        people.append(Person(stack, poll, at or stack.url, name))
        return people[-1]

    yield enter
    for each in people:
        each.session.close()


@pytest.fixture
def page(person: Callable[..., Person]) -> Iterator[Callable[..., Page]]:
    """Open somebody's page: `page(ada)`, `page(ada, ["polling"], cookie=False)`."""
    pages = []

    def opened(somebody, *args, **kwargs):
        pages.append(Page(somebody, *args, **kwargs))
        wait_until(lambda: pages[-1].connections)
        return pages[-1]

    yield opened
    for each in pages:
        each.client.shutdown()
        each.browser.close()
    pages.clear()
    gc.collect()


@pytest.fixture
def look(
    app: Flask, stack: Stack, person: Callable[..., Person]
) -> Iterator[Callable[..., tuple[sockets.Page, dict[str, object]]]]:
    """Look at a thread with an account, by one process: `look(ada, stack.apps[0], thread)`."""
    app.test_client_class = Browser
    guests = (person(f"Guest {number}") for number in itertools.count())
    routes: dict[Part, str] = {}
    pages: list[sockets.Page] = []

    def looking(account, process, thread):
        while process not in routes:
            guest = next(guests)
            routes[guest.process()] = guest.session.cookies["route"]
        session = app.test_client().sign_in(account).cookie()
        page = sockets.Page(stack.nginx, cookie=f"{session}; route={routes[process]}")
        page.client.on("typing", page._keep("typing"))
        pages.append(page)
        return page, page.subscribe(thread.channel)

    yield looking
    for each in pages:
        each.close()
