"""Breakout rooms, as posts in forums link to them."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from app.breakouts.models import Room, Round, RoundState
from app.composing.references import (
    MOST_OFFERED,
    Card,
    Offer,
    ReferenceKind,
    either,
    under,
    within_event,
)
from app.events.models import Event
from app.extensions import db


def _rooms(*columns: Any) -> Select[Any]:
    """The rooms that have been opened, with their event."""
    return (
        select(Room, *columns)
        .join(Round, Round.id == Room.round_id)
        .join(Event, Event.id == Round.event_id)
        .where(Round.state != RoundState.PLANNED)
    )


def _load(ids: Sequence[int]) -> dict[int, Card]:
    rows = db.session.execute(_rooms(Event.space_id, Event.title).where(Room.id.in_(ids)))
    return {one.id: Card(one.name, space_id, place) for one, space_id, place in rows}


def _offer(space_id: int) -> list[Offer]:
    rows = db.session.execute(
        _rooms(Event.title)
        .where(Event.space_id == space_id)
        .order_by(Round.id.desc(), Room.number)
        .limit(MOST_OFFERED)
    )
    return [Offer(f"/rooms/{one.id}", one.name, place) for one, place in rows]


room = ReferenceKind(
    "room",
    _l("Room"),
    "room",
    either(under("/rooms/"), within_event("room")),
    _load,
    of_event=True,
    offer=_offer,
)
