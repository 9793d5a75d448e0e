"""The rooms of a round are made as they were drafted, and everybody is placed."""

from collections.abc import Sequence
from typing import Any

from app.breakouts.models import PlacedHow, Room, Round
from app.breakouts.planning.drafting import draft
from app.breakouts.planning.drafts import RoomDraft
from app.events.models import Participant
from app.extensions import db


def make_rooms(round_: Round, people: Sequence[Participant]) -> list[dict[str, Any]]:
    """Make the rooms, and say as rows of placements where everybody goes."""
    drafted = draft(round_, people)
    rooms = [_room(round_, number, each) for number, each in enumerate(drafted.rooms, 1)]
    db.session.add_all(rooms)
    db.session.flush()
    placed = [
        _row(round_, person_id, rooms[place].id, drafted.how(person_id))
        for person_id, place in drafted.places()
    ]
    return placed + [_row(round_, person_id, None) for person_id in drafted.choosing]


def _room(round_: Round, number: int, drafted: RoomDraft) -> Room:
    return Room(
        round=round_,
        number=number,
        title=drafted.title,
        aspect_id=drafted.topic.aspect_id,
        municipality_ids=list(drafted.municipality_ids),
        states=list(drafted.states),
        functions=list(drafted.functions),
        why=drafted.why,
        capacity=drafted.capacity,
        has_own_seats=drafted.seats.are_own,
    )


def _row(
    round_: Round, person_id: int, room_id: int | None, how: PlacedHow = PlacedHow.AUTOMATIC
) -> dict[str, Any]:
    return {
        "round_id": round_.id,
        "participant_id": person_id,
        "room_id": room_id,
        "how": how,
    }
