"""Who may do what in breakout rounds."""

from typing import Any

from sqlalchemy import ColumnElement, select, true

from app.breakouts.models import Placement, Room
from app.permissions import ANSWERERS, EVERYBODY, MODERATORS, WRITERS, Role, allow

PLACED = frozenset({Role.PARTICIPANT})  # all others stay out of the rooms


def placed_in(person: Any) -> ColumnElement[bool]:
    """The rooms that this person is or was in."""
    mine = select(Placement.room_id).where(
        Placement.participant_id == person.id, Placement.room_id.is_not(None)
    )
    return Room.id.in_(mine)


def open_to(person: Any) -> ColumnElement[bool]:
    """The rooms that this person may enter: their own, and all for those who lead."""
    return true() if person.role in ANSWERERS else placed_in(person)


allow("breakouts.see", EVERYBODY)
allow("breakouts.enter", WRITERS, visible=open_to)
allow("breakouts.visit", ANSWERERS)
allow("breakouts.choose", PLACED)
allow("breakouts.write", PLACED, visible=placed_in)
allow("breakouts.report", PLACED, visible=placed_in)
allow("breakouts.edit", WRITERS, own=True)
allow("breakouts.moderate", MODERATORS)
