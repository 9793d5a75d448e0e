"""Joining, arriving, roles, and leaving."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import delete, select

from app import identity
from app.database import locked, now
from app.errors import Conflict, Invalid, Refused
from app.events.facts import (
    ParticipantArrived,
    ParticipantChanged,
    ParticipantJoined,
)
from app.events.models import Event, Participant
from app.extensions import db
from app.identity import TokenKind
from app.outbox import announce
from app.permissions import Role
from app.submissions import one_line


def join(
    event: Event,
    *,
    name: str,
    municipality_id: int | None = None,
    state: str = "",
    language: str = "de",
    account_id: int | None = None,
    role: Role = Role.PARTICIPANT,
) -> Participant:
    """Let somebody into the event."""
    locked(Event, event.id, shared=True)
    if role != Role.MODERATOR:
        event.admit()
    name = one_line(name)
    if not name:
        raise Invalid(_l("Please tell us your name."))
    person = Participant(
        event_id=event.id,
        event=event,
        name=name[:80],
        role=role,
        municipality_id=municipality_id,
        state=one_line(state)[:60],
        language=language,
        account_id=account_id,
    )
    db.session.add(person)
    db.session.flush()
    db.session.refresh(person, ["municipality"])
    announce(ParticipantJoined(event.id, person.id), event.channel)
    arrive(person.id)
    return person


def arrive(participant_id: int) -> None:
    """Somebody is present; features that place people follow."""
    person = locked(Participant, participant_id)
    if person.removed_at is not None:
        raise Refused
    if person.is_present:
        return
    person.arrive()
    db.session.flush()
    announce(ParticipantArrived(person.event_id, person.id), person.event.channel, person.channel)


def change_person(person: Participant, **changes: Any) -> None:
    """Change a participant's name, municipality, language or role."""
    for name, value in changes.items():
        setattr(person, name, value)
    _announce_person(person)


def remove_person(person: Participant) -> None:
    """Take somebody out of the event; what they wrote can be hidden on its own."""
    if person.is_moderator:
        raise Conflict(_l("Moderators cannot be removed. Take the role away first."))
    person.removed_at = now()
    person.present_until = None
    identity.revoke(TokenKind.RETURN, participant_id=person.id)
    identity.revoke(TokenKind.API, participant_id=person.id)
    _announce_person(person)


def forget_person(person: Participant) -> None:
    """Delete a guest: the name and attendance go, what others have built on stays unsigned."""
    channel = person.event.channel
    fact = ParticipantChanged(person.event_id, person.id)
    person.name, person.municipality, person.account_id = "", None, None
    person.state = ""
    person.removed_at = now()
    person.present_until = None
    db.session.execute(delete(identity.Token).where(identity.Token.participant_id == person.id))
    announce(fact, channel, person.channel)


def _announce_person(person: Participant) -> None:
    db.session.flush()
    db.session.refresh(person, ["municipality"])
    fact = ParticipantChanged(person.event_id, person.id)
    announce(fact, person.event.channel, person.channel)


def new_return_link(person: Participant) -> str:
    """A personal link to another device; the earlier ones stop working."""
    identity.revoke(TokenKind.RETURN, participant_id=person.id)
    return identity.issue(TokenKind.RETURN, participant_id=person.id)


def revoke_return_links(person: Participant) -> None:
    """Make all personal links of somebody worthless."""
    identity.revoke(TokenKind.RETURN, participant_id=person.id)


def member_of(event: Event, account_id: int) -> Participant | None:
    """The participant that this account already is, removed or not."""
    return db.session.scalar(
        select(Participant).where(
            Participant.event_id == event.id, Participant.account_id == account_id
        )
    )
