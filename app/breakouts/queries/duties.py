"""Reads of who does what for which room."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, select

from app.breakouts.models import RUNNING, Duty, Part, Placement, Room, Round
from app.breakouts.queries.rooms import rosters
from app.events.models import Participant
from app.extensions import db


def duty_of(room: Room, part: Part) -> Duty | None:
    """Who has this part in a room."""
    return db.session.scalar(select(Duty).where(Duty.room_id == room.id, Duty.part == part))


def duties_in(room_ids: Collection[int]) -> Sequence[Duty]:
    """The parts that somebody has in these rooms."""
    wanted = select(Duty).where(Duty.room_id.in_(room_ids)).order_by(Duty.room_id, Duty.part)
    return db.session.scalars(wanted).all()


_held = select(Duty).where(
    Duty.room_id == bindparam("room"), Duty.participant_id == bindparam("person")
)


def duties_of(person: Participant, room_id: int) -> Sequence[Duty]:
    """The parts that somebody has in a room; asked of whoever comes and goes."""
    return db.session.scalars(_held, {"room": room_id, "person": person.id}).all()


def duties_by_room(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rooms as contexts of who does what in them."""
    held: dict[int, dict[str, Duty]] = defaultdict(dict)
    for duty in duties_in(ids):
        held[duty.room_id][duty.part.value] = duty
    return {id: {**context, "duties": held[id]} for id, context in rosters(ids).items()}


def forsaken(moment: Any) -> Select[int]:
    """The parts whose holder has been gone for long, in rooms where others are."""
    others = (
        select(Participant.id)
        .join(Placement, Placement.participant_id == Participant.id)
        .where(
            Placement.room_id == Duty.room_id,
            Participant.id != Duty.participant_id,
            Participant.present_until > moment,
            Participant.removed_at.is_(None),
        )
    )
    return (
        select(Duty.id)
        .join(Room, Room.id == Duty.room_id)
        .join(Round, Round.id == Room.round_id)
        .where(Duty.passes_at <= moment, Round.state.in_(RUNNING), others.exists())
    )
