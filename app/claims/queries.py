"""Which guests this device has been, and who an account is in an event already."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, and_, select

from app.events.models import Event, Participant
from app.extensions import db


def claimable() -> ColumnElement[bool]:
    """Which participants nobody has an account for, and who are still in their event."""
    return and_(Participant.account_id.is_(None), Participant.removed_at.is_(None))


def guests(ids: Iterable[int], event: Event | None = None) -> Sequence[Participant]:
    """Those of these participants that can be claimed, in one event or in all."""
    query = select(Participant).where(Participant.id.in_(list(ids)), claimable())
    if event is not None:
        query = query.where(Participant.event_id == event.id)
    return db.session.scalars(query.order_by(Participant.id)).all()


def already_there(event_id: int, account_id: int) -> Participant | None:
    """The participant that an account is in an event, removed or not."""
    return db.session.scalar(
        select(Participant).where(
            Participant.event_id == event_id, Participant.account_id == account_id
        )
    )
