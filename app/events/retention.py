"""Retention: after its time an event forgets who its guests were; what was said stays."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from app import clockwork
from app.database import now, transaction
from app.events.models import Event, Participant
from app.extensions import db
from app.identity import Token

LONGEST_MONTH = timedelta(days=31)

_also: list[Callable[[Any], None]] = []


def also(forget: Callable[[Any], None]) -> None:
    """Let a feature forget what it keeps of guests: it gets a query of their ids."""
    if forget not in _also:
        _also.append(forget)


@clockwork.every(3600)
def forget_guests() -> None:
    """Forget names, municipalities and attendance of the guests of events whose time is over."""
    for event_id in _over():
        with transaction() as session:
            guests = (Participant.event_id == event_id, Participant.account_id.is_(None))
            ids = select(Participant.id).where(*guests)
            for forget in _also:
                forget(ids)
            session.execute(
                update(Token).where(Token.participant_id.in_(ids)).values(revoked_at=now())
            )
            session.execute(
                update(Participant)
                .where(*guests)
                .values(
                    name="",
                    municipality_id=None,
                    state="",
                    present_until=None,
                    removed_at=now(),
                )
                .execution_options(synchronize_session=False)
            )


def _over() -> list[int]:
    """Events whose retention has ended and that still know a guest by name."""
    still_known = (
        select(Participant.id)
        .where(
            Participant.event_id == Event.id,
            Participant.account_id.is_(None),
            Participant.name != "",
        )
        .exists()
    )
    candidates = db.session.scalars(
        select(Event).where(still_known, Event.created_at < now() - LONGEST_MONTH)
    )
    return [event.id for event in candidates if event.personal_data_ends <= now()]
