"""Why somebody is in their room: how they came there, and whom they have there."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.breakouts.models import PlacedHow, Room, Round
from app.breakouts.queries.plans import wishes_in
from app.breakouts.queries.rooms import placed_in
from app.breakouts.queries.rounds import history, placement_of
from app.events.models import Participant


@dataclass(frozen=True)
class Reason:
    """How somebody came into a room, and whom they meet there."""

    person: Participant
    room: Room
    how: PlacedHow
    wish: int | None  # which wish of theirs it is
    wished: bool  # whether they have named any
    alike: int  # others here from their municipality
    met: int  # others here with whom they were in a room in the last rounds


def reason_of(round_: Round, person: Participant) -> Reason | None:
    """Why somebody is where they are, if they are in a room."""
    placement = placement_of(round_.id, person.id)
    rooms = [room for room in round_.rooms if placement and room.id == placement.room_id]
    found = reasons(round_, rooms)
    return next((reason for reason in found if reason.person.id == person.id), None)


def reasons(round_: Round, rooms: Sequence[Room]) -> list[Reason]:
    """Why everybody in these rooms is there; room by room."""
    inside = placed_in([room.id for room in rooms])
    everybody = {person.id for rows in inside.values() for person, _how in rows}
    earlier = history(round_, everybody)
    wishes = wishes_in(round_, everybody)
    found = []
    for room in rooms:
        rows = inside[room.id]
        places = Counter(person.municipality_id for person, _how in rows)
        others = [person.id for person, _how in rows]
        found += [
            Reason(
                person,
                room,
                how,
                _rank(wishes.get(person.id, []), room.id),
                person.id in wishes,
                places[person.municipality_id] - 1 if person.municipality_id else 0,
                _met(person.id, others, earlier),
            )
            for person, how in rows
        ]
    return found


def _rank(wishes: Sequence[int], room_id: int) -> int | None:
    return wishes.index(room_id) + 1 if room_id in wishes else None


def _met(person_id: int, others: Sequence[int], earlier: Sequence[Mapping[int, int]]) -> int:
    """How many of the others were in a room with somebody before."""
    return sum(
        other != person_id
        and any(person_id in rooms and rooms.get(other) == rooms[person_id] for rooms in earlier)
        for other in others
    )
