"""The others in the hall, who act through the API: a moderator, a host, and participants."""

import itertools
from dataclasses import dataclass, field
from typing import Any

import requests

from app import identity
from app.database import transaction
from app.demo.agenda import TITLE
from app.events.models import Event, Participant
from app.extensions import db
from app.identity import TokenKind
from app.livepolls.models import Aspect
from app.permissions import Role
from app.proposals import actions as proposals
from app.richtext import written
from tests.factories import look_again
from tests.live_server import LiveServer

_keys = itertools.count(1)


@dataclass
class Caller:
    """Somebody whose program calls the server."""

    server: LiveServer
    token: str = ""

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Make one call, which succeeds."""
        answer = requests.request(
            method,
            f"{self.server.url}/api/v1{path}",
            json=body,
            headers={"Authorization": f"Bearer {self.token}"} if self.token else {},
            timeout=20,
        )
        assert answer.ok, answer.text
        return answer.json() if answer.content else None

    def write(self, path: str, text: str, **more: Any) -> int:
        """Write something; returns its id."""
        body = {"text": text, "key": f"key {next(_keys)}", **more}
        return int(self.call("POST", path, body)["id"])


@dataclass
class Others:
    """All who are there beside the phone."""

    server: LiveServer
    code: str
    moderator: Caller
    people: list[Caller] = field(default_factory=list)

    @property
    def event(self) -> Event:
        """The event as the database has it now."""
        look_again()
        return db.session.query(Event).filter_by(code=self.code).one()

    @property
    def step(self) -> dict[str, Any]:
        """Where the event stands."""
        return dict(self.moderator.call("GET", f"/events/{self.code}")["step"])

    def join(self, *names: str) -> None:
        """Let some people of one municipality join."""
        for name in names:
            body = {"name": name, "municipality": "Auental", "language": "de"}
            path = f"/events/{self.code}/participants"
            token = Caller(self.server).call("POST", path, body)["token"]
            self.people.append(Caller(self.server, token))

    def go_on(self, title: str) -> dict[str, Any]:
        """The moderator brings the hall to a step."""
        agenda = self.moderator.call("GET", f"/events/{self.code}")["agenda"]
        step = next(step for step in agenda if step["title"].startswith(title))
        path = f"/events/{self.code}/step"
        return dict(self.moderator.call("PUT", path, {"step": step["id"]})["step"])

    def gather(self, poll: int, aspects: dict[str, str]) -> None:
        """The moderator closes the poll, and makes aspects of the concerns with these words."""
        concerns = self.moderator.call("POST", f"/polls/{poll}/closure")["concerns"]
        chosen = [
            {"title": title, "concerns": [c["id"] for c in concerns if word in c["text"]]}
            for word, title in aspects.items()
        ]
        self.moderator.call("PUT", f"/polls/{poll}/aspects", {"aspects": chosen})

    def answer_officially(self, title: str, text: str) -> None:
        """The host answers an aspect; for that there is no call."""
        words = written(text)
        host = db.session.query(Participant).filter_by(event_id=self.event.id, role=Role.HOST)
        id = self.aspect(title)
        with transaction():
            proposals.answer_aspect(db.session.get_one(Aspect, id), host.one(), words, "")

    def aspect(self, title: str) -> int:
        """The id of a chosen aspect."""
        aspects = self.moderator.call("GET", f"/events/{self.code}")["aspects"]
        return next(int(aspect["id"]) for aspect in aspects if aspect["title"] == title)


def others_of_the_sample(server: LiveServer) -> Others:
    """The moderator of the sample conference, with nobody there yet."""
    look_again()
    event = db.session.query(Event).filter_by(is_template=False, title=TITLE).one()
    leads = db.session.query(Participant).filter_by(event_id=event.id, role=Role.MODERATOR).one()
    with transaction():
        token = identity.issue(TokenKind.API, participant_id=leads.id)
    return Others(server, event.code, Caller(server, token))
