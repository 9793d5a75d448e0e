"""Who may do what in an event."""

from typing import Any

from sqlalchemy import select

from app.events.models import Participant
from app.permissions import EVERYBODY, MODERATORS, WRITERS, allow

allow("events.see", EVERYBODY)
allow("events.write", WRITERS)
allow("events.moderate", MODERATORS)


def sees_people_of(account_id: int) -> Any:
    """The ids of the events whose people this account may see: those that it takes part in."""
    return select(Participant.event_id).where(
        Participant.account_id == account_id, Participant.removed_at.is_(None)
    )
