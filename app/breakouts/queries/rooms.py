"""Reads of rooms, as the pages show them; each takes many at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app.breakouts.models import Contribution, Placement, Room, Round
from app.events.models import Participant
from app.extensions import db


@dataclass(frozen=True)
class RoomCard:
    """A room with the number of people in it."""

    room: Room
    count: int

    @property
    def is_full(self) -> bool:
        """Whether there is no seat left."""
        return self.room.capacity is not None and self.count >= self.room.capacity


def _rooms(ids: Iterable[int]) -> Sequence[Room]:
    return db.session.scalars(select(Room).where(Room.id.in_(ids)).order_by(Room.number)).all()


def _counts(room_ids: Iterable[int]) -> dict[int | None, int]:
    rows = db.session.execute(
        select(Placement.room_id, func.count())
        .join(Participant, Participant.id == Placement.participant_id)
        .where(Placement.room_id.in_(room_ids), Participant.removed_at.is_(None))
        .group_by(Placement.room_id)
    )
    return dict(rows.all())


def _people(room_ids: Iterable[int]) -> dict[int | None, list[Participant]]:
    rows = db.session.execute(
        select(Placement.room_id, Participant)
        .join(Participant, Participant.id == Placement.participant_id)
        .where(Placement.room_id.in_(room_ids), Participant.removed_at.is_(None))
        .order_by(Participant.name, Participant.id)
    )
    inside: dict[int | None, list[Participant]] = defaultdict(list)
    for room_id, person in rows:
        inside[room_id].append(person)
    return inside


def room_cards(round_: Round) -> list[RoomCard]:
    """The rooms of a round, in their order."""
    counts = _counts([room.id for room in round_.rooms])
    return [RoomCard(room, counts.get(room.id, 0)) for room in round_.rooms]


def room_counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rooms as contexts of their counts."""
    counts = _counts(ids)
    return {room.id: {"card": RoomCard(room, counts.get(room.id, 0))} for room in _rooms(ids)}


def choosing_counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """How many are still choosing in these rounds."""
    rows = db.session.execute(
        select(Placement.round_id, func.count())
        .join(Participant, Participant.id == Placement.participant_id)
        .where(
            Placement.round_id.in_(ids),
            Placement.room_id.is_(None),
            Participant.removed_at.is_(None),
        )
        .group_by(Placement.round_id)
    )
    counts = dict(rows.all())
    rounds = db.session.scalars(select(Round).where(Round.id.in_(ids)))
    return {r.id: {"round": r, "choosing": counts.get(r.id, 0)} for r in rounds}


def heads(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rooms as contexts of their heads."""
    counts = _counts(ids)
    return {room.id: {"room": room, "count": counts.get(room.id, 0)} for room in _rooms(ids)}


def rosters(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Who is in these rooms."""
    people = _people(ids)
    return {room.id: {"room": room, "people": people[room.id]} for room in _rooms(ids)}


def tiles(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rooms as the cockpit shows them: people, how much was written, and when last."""
    rooms = _rooms(ids)
    people, activity = _people(ids), _activity(ids)
    siblings: dict[int, list[Room]] = defaultdict(list)
    for room in db.session.scalars(
        select(Room).where(Room.round_id.in_({r.round_id for r in rooms})).order_by(Room.number)
    ):
        siblings[room.round_id].append(room)
    return {
        room.id: {
            "room": room,
            "round_id": room.round_id,
            "round": room.round,
            "people": people[room.id],
            "others": [other for other in siblings[room.round_id] if other.id != room.id],
            "contributions": activity.get(room.id, (0, None))[0],
            "last": _local(activity.get(room.id, (0, None))[1], room),
        }
        for room in rooms
    }


def _activity(room_ids: Iterable[int]) -> dict[int, tuple[int, datetime | None]]:
    rows = db.session.execute(
        select(Contribution.room_id, func.count(), func.max(Contribution.created_at))
        .where(Contribution.room_id.in_(room_ids), Contribution.withdrawn_at.is_(None))
        .group_by(Contribution.room_id)
    )
    return {room_id: (count, last) for room_id, count, last in rows}


def _local(moment: datetime | None, room: Room) -> datetime | None:
    """A moment as the clocks in the event's hall show it."""
    return moment.astimezone(ZoneInfo(room.round.event.time_zone)) if moment else None
