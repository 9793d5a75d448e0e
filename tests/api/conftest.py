"""Programs that call the API, each with a token of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from app import identity
from app.accounts.models import Account
from app.database import transaction
from app.events.models import Event, Participant
from app.extensions import db
from app.identity import TokenKind
from tests.browsers import Browser, Visitor


@dataclass
class Caller:
    """A program with a token, and no cookies that matter."""

    browser: Browser
    token: str | None

    def call(self, method: str, path: str, json: Any = None, **options: Any) -> Any:
        """Call the API."""
        headers = dict(options.pop("headers", None) or {})
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if json is not None:
            options["json"] = json
        return self.browser.open(f"/api/v1{path}", method=method, headers=headers, **options)

    def get(self, path: str) -> Any:
        """Read."""
        return self.call("GET", path)

    def post(self, path: str, json: Any = None) -> Any:
        """Make."""
        return self.call("POST", path, json)

    def put(self, path: str, json: Any = None) -> Any:
        """Set."""
        return self.call("PUT", path, json)

    def delete(self, path: str) -> Any:
        """Take away."""
        return self.call("DELETE", path)

    @property
    def person(self) -> Participant:
        """The participant whom the token speaks for."""
        token = identity.valid_token(self.token or "", TokenKind.API)
        assert token
        return db.session.get_one(Participant, token.participant_id)


@pytest.fixture
def program(browser: Callable[..., Browser]) -> Callable[..., Caller]:
    """A program: `program(visitor)`, `program(account)`, `program(token)`, or without any token."""

    def caller(whom: Visitor | Account | str | None = None, language: str = "en") -> Caller:
        if whom is None or isinstance(whom, str):
            return Caller(browser(language), whom)
        owner = (
            {"participant_id": whom.participant_id}
            if isinstance(whom, Visitor)
            else {"account_id": whom.id}
        )
        with transaction():
            secret = identity.issue(TokenKind.API, **owner)
        return Caller(browser(language), secret)

    return caller


@pytest.fixture
def enter(program: Callable[..., Caller]) -> Callable[..., Caller]:
    """Let a program join an event: `enter(event, "Ada", municipality="Auental")`."""

    def join(event: Event, name: str = "Ada", **more: Any) -> Caller:
        caller = program()
        answer = caller.post(f"/events/{event.code}/participants", {"name": name, **more})
        assert answer.status_code == 201, answer.text
        return program(answer.json["token"])

    return join


@pytest.fixture
def leader(program: Callable[..., Caller], moderator: Visitor) -> Caller:
    """The moderator's program."""
    return program(moderator)


@pytest.fixture
def open_poll(event: Event, leader: Caller) -> int:
    """The id of the event's poll, which is open."""
    agenda = leader.get(f"/events/{event.code}").json["agenda"]
    step = next(step for step in agenda if step["poll"])
    assert leader.put(f"/events/{event.code}/step", {"step": step["id"]}).status_code == 200
    return int(step["poll"])
