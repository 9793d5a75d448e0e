"""Rounds and rooms whose event the bearer of a token leads."""

from app.api.tokens import person_in
from app.breakouts import actions
from app.breakouts.models import Room, Round
from app.permissions import require


def led(round_: Round) -> Round:
    """The round, if the bearer leads its event."""
    require(person_in(round_.event), "breakouts.moderate", round_)
    return round_


def led_room(room_id: int) -> Room:
    """The room, its round held, if the bearer leads its event."""
    room = actions.hold_room(room_id)
    led(room.round)
    return room
