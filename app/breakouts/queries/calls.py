"""Reads of what goes between rooms and those who lead."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.breakouts.models import HelpCall, Placement, Room, RoomMessage, Round
from app.events.models import Participant
from app.extensions import db

SHOWN_TO_LEADERS = 3  # of the newest messages


def help_for(room: Room) -> HelpCall | None:
    """The call for help of a room, if it has one."""
    return db.session.scalar(select(HelpCall).where(HelpCall.room_id == room.id))


def calls_from(room_ids: Sequence[int]) -> dict[int, HelpCall]:
    """The calls for help of these rooms."""
    rows = db.session.scalars(select(HelpCall).where(HelpCall.room_id.in_(room_ids)))
    return {call.room_id: call for call in rows}


def help_by_room(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rooms as contexts of their calls for help."""
    calls = calls_from(ids)
    rooms = db.session.scalars(select(Room).where(Room.id.in_(ids)))
    return {room.id: {"room": room, "help": calls.get(room.id)} for room in rooms}


def help_by_round(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rounds as contexts of all calls for help, the oldest first."""
    rows = db.session.scalars(
        select(HelpCall)
        .join(Room, Room.id == HelpCall.room_id)
        .where(Room.round_id.in_(ids))
        .order_by(HelpCall.asked_at, HelpCall.id)
    )
    calls = list(rows)
    return {
        id: {"round_id": id, "calls": [c for c in calls if c.room.round_id == id]} for id in ids
    }


def messages_by_room(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rooms as contexts of what those who lead have said to them, the newest first."""
    rooms = db.session.scalars(select(Room).where(Room.id.in_(ids))).all()
    said = _messages({room.round_id for room in rooms})
    return {
        room.id: {
            "room": room,
            "messages": [
                each
                for each in said
                if each.round_id == room.round_id and each.room_id in (None, room.id)
            ],
        }
        for room in rooms
    }


def messages_by_round(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rounds as contexts of what was said last."""
    said = _messages(ids)
    rounds = db.session.scalars(select(Round).where(Round.id.in_(ids)))
    return {
        round_.id: {
            "round": round_,
            "messages": [m for m in said if m.round_id == round_.id][:SHOWN_TO_LEADERS],
        }
        for round_ in rounds
    }


def messages_in(round_: Round, room_id: int | None = None) -> Sequence[RoomMessage]:
    """What was said to the rooms of a round, or to one of them; the newest first."""
    said = _messages([round_.id])
    return [each for each in said if room_id is None or each.room_id in (None, room_id)]


def told_by(message: RoomMessage) -> Sequence[int]:
    """Whose room it was said to, by their ids."""
    room = Placement.room_id
    return db.session.scalars(
        select(Placement.participant_id)
        .join(Participant, Participant.id == Placement.participant_id)
        .where(
            Placement.round_id == message.round_id,
            room == message.room_id if message.room_id is not None else room.is_not(None),
            Participant.removed_at.is_(None),
        )
        .order_by(Placement.participant_id)
    ).all()


def _messages(round_ids: Any) -> Sequence[RoomMessage]:
    return db.session.scalars(
        select(RoomMessage)
        .where(RoomMessage.round_id.in_(round_ids))
        .order_by(RoomMessage.id.desc())
    ).all()
