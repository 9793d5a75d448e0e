"""Reads of whether there are seats for everybody in a round."""

from typing import Any

from app.breakouts.models import Placement, Round
from app.breakouts.queries.rooms import counts_where


def crowding(round_: Round) -> dict[str, Any]:
    """How many people and seats a running round has, and its rooms with more people than seats."""
    firm = {room.id: room.firm_seats for room in round_.rooms}
    seats = {id: most for id, most in firm.items() if most is not None}
    if not round_.is_open or not seats:
        return {"crowd": 0, "seats": None, "too_full": []}
    inside = counts_where(Placement.round_id == round_.id)
    too_full = {id for id in seats if inside.get(id, 0) > seats[id]}
    return {
        "crowd": sum(inside.values()),
        "seats": sum(seats.values()) if len(seats) == len(round_.rooms) else None,
        "too_full": [room for room in round_.rooms if room.id in too_full],
    }
