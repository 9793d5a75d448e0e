"""Whom a call speaks for: the participant or the account that its token was issued to."""

from datetime import timedelta

from flask import g, request, session
from flask_babel import lazy_gettext as _l
from sqlalchemy import update

from app.accounts.models import Account
from app.database import now, transaction
from app.errors import Busy, DomainError, NotFound
from app.events import actions
from app.events.identity import participant_in
from app.events.models import LEASE, Event, Participant
from app.extensions import db
from app.identity import Token, present_token, presented_token

FRESH = timedelta(seconds=15)  # a lease that was renewed since is not renewed again


class NeedsToken(DomainError):
    """The call came without a token, or with one that is worth nothing."""

    status = 401
    message = _l("This call needs a valid token: “Authorization: Bearer …”.")


def present() -> None:
    """Before each call: speak for the bearer of its token, in their language."""
    session.clear()
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer" and secret.strip():
        present_token(secret.strip())
    token = presented_token()
    if token is None:
        return
    bearer = _bearer(token)
    if bearer is None:
        g.token = None
        return
    g.language = bearer.language
    if isinstance(bearer, Participant):
        renew_lease(bearer)


def _bearer(token: Token) -> Participant | Account | None:
    """Who holds this token, unless they have left for good."""
    if token.participant_id is not None:
        person = db.session.get(Participant, token.participant_id)
        return person if person and person.removed_at is None else None
    account = db.session.get(Account, token.account_id) if token.account_id else None
    return account if account and account.is_active else None


def require_token() -> None:
    """Raise unless a valid token came with this call."""
    if presented_token() is None:
        raise NeedsToken


def bearing_account() -> Account | None:
    """The account whose personal token came with this call."""
    token = presented_token()
    return db.session.get(Account, token.account_id) if token and token.account_id else None


def person_in(event: Event) -> Participant:
    """The participant that the token speaks for in this event; raises `NotFound` for others."""
    person = participant_in(event)
    if person is None:
        raise NotFound
    return person


def renew_lease(person: Participant) -> None:
    """Keep a participant present; when all are writing just now, the next call will do it."""
    until = person.present_until
    if person.event.is_template or (until and until - now() > LEASE - FRESH):
        return
    was_present = person.is_present
    try:
        with transaction() as session:
            if was_present:
                mine = update(Participant).where(Participant.id == person.id)
                session.execute(mine.values(present_until=now() + LEASE))
            else:
                actions.arrive(person.id)
    except Busy:
        return
