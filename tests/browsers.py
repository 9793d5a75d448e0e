"""People with browsers, as the tests see them."""

import contextvars
from dataclasses import dataclass
from typing import Any

from flask import has_app_context
from flask.testing import FlaskClient

from app.accounts.models import Account
from app.events.models import Participant
from app.extensions import db
from app.realtime.audiences import Audience, audience_for
from tests.factories import look_again

STREAMS = "text/vnd.turbo-stream.html, text/html"


class Browser(FlaskClient):
    """A client with cookies and a language; its requests know nothing of the test's context."""

    language = "en"

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Send a request in a context of its own; then the test's objects are read anew."""
        headers = dict(kwargs.pop("headers", None) or {})
        headers.setdefault("Accept-Language", self.language)
        kwargs.setdefault("buffered", True)  # so that files that are sent are closed
        answer = contextvars.Context().run(super().open, *args, headers=headers, **kwargs)
        if has_app_context() and not db.session.info.get("writing"):
            look_again()
        return answer

    def remembers(self) -> dict[str, Any]:
        """What the session cookie holds."""
        with self.session_transaction() as session:
            return dict(session)

    def become(self, person: Participant) -> None:
        """Be this participant from now on, as after joining, or with the link of an account."""
        account = db.session.get(Account, person.account_id) if person.account_id else None
        with self.session_transaction() as session:
            session.permanent = True
            people, stamps = session.get("participants", {}), session.get("stamps", {})
            session["participants"] = {**people, str(person.event_id): person.id}
            if account is not None:
                session["stamps"] = {**stamps, str(person.event_id): account.session_stamp}

    def sign_in(self, account: Account) -> "Browser":
        """Be this account from now on, as after signing in."""
        with self.session_transaction() as session:
            session["_user_id"] = account.get_id()
            session["_fresh"] = True
        return self

    def cookie(self) -> str:
        """The header that carries this browser's session, for a socket or a live server."""
        cookies = (self.get_cookie(name) for name in ("dialograum", "remember_token"))
        return "; ".join(f"{c.key}={c.value}" for c in cookies if c)


@dataclass
class Visitor:
    """Somebody in an event, with a browser."""

    browser: Browser
    event_id: int

    @property
    def participant_id(self) -> int:
        """Who they are, as their browser remembers it."""
        return int(self.browser.remembers()["participants"][str(self.event_id)])

    @property
    def person(self) -> Participant:
        """The participant as the database has it now."""
        return db.session.get_one(Participant, self.participant_id)

    def get(self, url: str, **options: Any) -> Any:
        """Open a page."""
        return self.browser.get(url, **options)

    def post(self, url: str, data: Any = None, *, live: bool = False, **options: Any) -> Any:
        """Send a form; `live` as a page with scripts does, which takes streams for an answer."""
        return self._send("POST", url, data, live, options)

    def delete(self, url: str, data: Any = None, *, live: bool = False, **options: Any) -> Any:
        """Send a form that deletes."""
        return self._send("DELETE", url, data, live, options)

    def put(self, url: str, data: Any = None, *, live: bool = False, **options: Any) -> Any:
        """Send a form that puts."""
        return self._send("PUT", url, data, live, options)

    def _send(self, method: str, url: str, data: Any, live: bool, options: dict[str, Any]) -> Any:
        headers = dict(options.pop("headers", None) or {})
        if live:
            headers["Accept"] = STREAMS
        return self.browser.open(url, method=method, data=data, headers=headers, **options)

    def audience(self, channel: object) -> Audience:
        """The audience that the server would put this person into; raises `DomainError`."""
        headers = {"Cookie": self.browser.cookie(), "Accept-Language": self.browser.language}
        return contextvars.Context().run(self._audience, channel, headers)

    def _audience(self, channel: object, headers: dict[str, str]) -> Audience:
        with self.browser.application.test_request_context(headers=headers):
            return audience_for(channel)
