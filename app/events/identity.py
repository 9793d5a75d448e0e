"""Who the present person is in an event."""

from flask import g
from flask_login import current_user
from sqlalchemy import Select, bindparam, exists, or_, select

from app.accounts.models import Account
from app.errors import NeedsSignIn
from app.events.models import Event, Participant
from app.extensions import db
from app.identity import presented_token, remembered_participant, remembered_stamp

Query = Select[Participant]

# Devices remember participants: those of an account that may not come in count no more.
_is_deactivated = exists().where(
    Account.id == Participant.account_id, Account.deactivated_at.is_not(None)
)
_inside = select(Participant).where(
    Participant.event_id == bindparam("event_id"),
    Participant.removed_at.is_(None),
    ~_is_deactivated,
)
_by_id = _inside.where(Participant.id == bindparam("id"))
_of_account = _inside.where(Participant.account_id == bindparam("id"))
# A device is a guest by itself; somebody's account it is by their link alone. So who has claimed a
# guest shares it with no device that has been the guest before: it has no stamp, or another one.
_has_their_stamp = exists().where(
    Account.id == Participant.account_id, Account.session_stamp == bindparam("stamp")
)
_of_device = _by_id.where(or_(Participant.account_id.is_(None), _has_their_stamp))


def participant_in(event: Event) -> Participant | None:
    """The participant that is on the other side, by token, account or device; never by a name."""
    known: dict[int, Participant | None] = g.setdefault("participants", {})
    if event.id not in known:
        known[event.id] = _look_up(event)
    return known[event.id]


def _look_up(event: Event) -> Participant | None:
    token = presented_token()
    if token is not None:
        if token.participant_id is not None:
            return _found(_by_id, event, id=token.participant_id)
        return _found(_of_account, event, id=token.account_id)
    if current_user.is_authenticated:
        member = _found(_of_account, event, id=current_user.id)
        if member is not None:
            return member
    remembered = remembered_participant(event.id)
    if remembered is None:
        return None
    return _found(_of_device, event, id=remembered, stamp=remembered_stamp(event.id))


def _found(query: Query, event: Event, **values: int | None) -> Participant | None:
    return db.session.scalar(query, {"event_id": event.id, **values})


def people_here() -> list[Participant]:
    """Who the other side was found to be, in whatever was asked for in this request."""
    known: dict[int, Participant | None] = g.get("participants", {})
    return [person for person in known.values() if person is not None]


def somebody_in(event: Event) -> Participant:
    """The participant on the other side; raises `NeedsSignIn` for nobody."""
    person = participant_in(event)
    if person is None:
        raise NeedsSignIn
    return person
