"""Joining, arriving, roles, and leaving."""

from datetime import timedelta
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

SHORTEST_KEY = 16  # characters of a key that nobody guesses
SENT_AGAIN = timedelta(hours=1)  # in which a form is the same form


def join(event: Event, **details: Any) -> Participant:
    """Let somebody into the event."""
    return let_in(locked(Event, event.id, shared=True), **details)


def let_in(
    event: Event,
    *,
    name: str,
    municipality_id: int | None = None,
    state: str = "",
    language: str = "de",
    account_id: int | None = None,
    role: Role = Role.PARTICIPANT,
) -> Participant:
    """Let somebody into an event that is held, so that neither a lock nor a round passes them."""
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
    person.arrive()
    db.session.add(person)
    db.session.flush()
    announce(ParticipantJoined(event.id, person.id), event.channel)
    _announce_arrival(person)
    return person


def join_once(event: Event, key: str, *, name: str, **details: Any) -> tuple[Participant, bool]:
    """Let a guest into an event that is held: new, or not; the same form sent twice lets in one.

    A key that could be guessed counts for nothing, since it would let anybody be somebody else.
    """
    if len(key) < SHORTEST_KEY:
        return let_in(event, name=name, **details), True
    token = identity.hold(TokenKind.JOIN, f"{event.id} {key} {one_line(name)}")
    earlier = db.session.get(Participant, token.participant_id) if token.participant_id else None
    if earlier is not None and _is_same_guest(earlier, token):
        return earlier, False
    person = let_in(event, name=name, **details)
    token.participant_id, token.created_at = person.id, now()
    return person, True


def _is_same_guest(earlier: Participant, token: identity.Token) -> bool:
    is_guest = earlier.account_id is None and earlier.removed_at is None
    return is_guest and now() - token.created_at < SENT_AGAIN


def arrive(participant_id: int) -> None:
    """Somebody is present; features that place people follow, for which the event is held."""
    person = locked(Participant, participant_id)
    if person.removed_at is not None:
        raise Refused
    if person.is_present:
        return
    locked(Event, person.event_id, shared=True)
    person.arrive()
    db.session.flush()
    _announce_arrival(person)


def _announce_arrival(person: Participant) -> None:
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
    revoke_return_links(person)
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


def new_remote_link(person: Participant) -> str:
    """A link that opens the remote once, and soon; the earlier ones stop working."""
    identity.revoke(TokenKind.REMOTE, participant_id=person.id)
    return identity.issue(TokenKind.REMOTE, participant_id=person.id)


def revoke_return_links(person: Participant) -> None:
    """Make all personal links of somebody worthless."""
    identity.revoke(TokenKind.RETURN, participant_id=person.id)
    identity.revoke(TokenKind.REMOTE, participant_id=person.id)


def member_of(event: Event, account_id: int) -> Participant | None:
    """The participant that this account already is, removed or not."""
    return db.session.scalar(
        select(Participant).where(
            Participant.event_id == event.id, Participant.account_id == account_id
        )
    )
