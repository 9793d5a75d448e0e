"""Who the present person is in an event."""

from flask import g
from flask_login import current_user
from sqlalchemy import ColumnElement, exists, select

from app.accounts.models import Account
from app.errors import NeedsSignIn
from app.events.models import Event, Participant
from app.extensions import db
from app.identity import presented_token, remembered_participant


def participant_in(event: Event) -> Participant | None:
    """The participant that is on the other side, by token, account or device; never by a name."""
    known: dict[int, Participant | None] = g.setdefault("participants", {})
    if event.id not in known:
        known[event.id] = _look_up(event)
    return known[event.id]


def _look_up(event: Event) -> Participant | None:
    query = select(Participant).where(
        Participant.event_id == event.id, Participant.removed_at.is_(None), ~_is_deactivated()
    )
    token = presented_token()
    if token is not None:
        if token.participant_id is not None:
            return db.session.scalar(query.where(Participant.id == token.participant_id))
        return db.session.scalar(query.where(Participant.account_id == token.account_id))
    if current_user.is_authenticated:
        member = db.session.scalar(query.where(Participant.account_id == current_user.id))
        if member is not None:
            return member
    remembered = remembered_participant(event.id)
    if remembered is None:
        return None
    return db.session.scalar(query.where(Participant.id == remembered))


def people_here() -> list[Participant]:
    """Who the other side was found to be, in whatever was asked for in this request."""
    known: dict[int, Participant | None] = g.get("participants", {})
    return [person for person in known.values() if person is not None]


def _is_deactivated() -> ColumnElement[bool]:
    """Devices remember participants: those of an account that may not come in count no more."""
    return exists().where(Account.id == Participant.account_id, Account.deactivated_at.is_not(None))


def somebody_in(event: Event) -> Participant:
    """The participant on the other side; raises `NeedsSignIn` for nobody."""
    person = participant_in(event)
    if person is None:
        raise NeedsSignIn
    return person
