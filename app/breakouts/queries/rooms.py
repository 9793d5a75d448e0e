"""Reads of rooms, as the pages show them; each takes many at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.breakouts.models import PlacedHow, Placement, Room, Round, Wish
from app.database import found
from app.errors import NotFound
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


def room_in(round_: Round, room_id: int) -> Room:
    """A room of this round; raises `NotFound` if it is another one's."""
    room = found(Room, room_id)
    if room.round_id != round_.id:
        raise NotFound
    return room


def counts_where(condition: ColumnElement[bool]) -> dict[int | None, int]:
    """How many have their place in each room, of those places; and how many are choosing."""
    rows = db.session.execute(
        select(Placement.room_id, func.count())
        .join(Participant, Participant.id == Placement.participant_id)
        .where(condition, Participant.removed_at.is_(None))
        .group_by(Placement.room_id)
    )
    return dict(rows.all())


def _counts(room_ids: Iterable[int]) -> dict[int | None, int]:
    return counts_where(Placement.room_id.in_(room_ids))


def _people(room_ids: Iterable[int]) -> defaultdict[int, list[Participant]]:
    placed = placed_in(room_ids).items()
    return defaultdict(list, {id: [person for person, _how in people] for id, people in placed})


def placed_in(room_ids: Iterable[int]) -> dict[int, list[tuple[Participant, PlacedHow]]]:
    """Who is in these rooms, by name, and how they came there."""
    rows = db.session.execute(
        select(Placement.room_id, Participant, Placement.how)
        .join(Participant, Participant.id == Placement.participant_id)
        .where(Placement.room_id.in_(room_ids), Participant.removed_at.is_(None))
        .order_by(Participant.name, Participant.id)
    )
    inside: dict[int, list[tuple[Participant, PlacedHow]]] = defaultdict(list)
    for room_id, person, how in rows:
        if room_id is not None:
            inside[room_id].append((person, how))
    return inside


def people_in(room: Room) -> Sequence[Participant]:
    """Who has their place in a room, here or away."""
    return _people([room.id])[room.id]


def count_in(room: Room) -> int:
    """How many have their place in a room, here or away."""
    return _counts([room.id]).get(room.id, 0)


def room_cards(round_: Round) -> list[RoomCard]:
    """The rooms of a round, in their order."""
    counts = _counts([room.id for room in round_.rooms])
    return [RoomCard(room, counts.get(room.id, 0)) for room in round_.rooms]


def room_counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rooms as contexts of their counts."""
    counts = _counts(ids)
    return {room.id: {"card": RoomCard(room, counts.get(room.id, 0))} for room in _rooms(ids)}


def choosing_counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """How many are still choosing in these rounds; who has named wishes is not."""
    named = select(Wish.participant_id).where(
        Wish.round_id == Placement.round_id, Wish.participant_id == Placement.participant_id
    )
    rows = db.session.execute(
        select(Placement.round_id, func.count())
        .join(Participant, Participant.id == Placement.participant_id)
        .where(
            Placement.round_id.in_(ids),
            Placement.room_id.is_(None),
            Participant.removed_at.is_(None),
            ~named.exists(),
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
