"""The time of breakout rounds and of their rooms: given, and taken away; for moderators."""

from collections.abc import Callable
from typing import Any

from app.api.answers.rounds import round_answer
from app.api.bodies import body, number
from app.api.calls import call
from app.api.led import led, led_room
from app.breakouts import actions
from app.breakouts.models import Round
from app.database import locked, transaction
from app.limits import LEADING

MINUTES = body(number("minutes", 1, actions.MOST_MINUTES, 2, required=True))


def _for_all(round_id: int, change: Callable[..., None], *minutes: int) -> Any:
    with transaction():
        round_ = led(locked(Round, round_id))
        change(round_, *minutes)
    return round_answer(round_)


def _for_one(room_id: int, change: Callable[..., None], *minutes: int) -> Any:
    with transaction():
        room = led_room(room_id)
        change(room, *minutes)
    return round_answer(room.round)


@call("POST", "/rounds/<int:round_id>/extension", {200: "Round"}, body=MINUTES, limit=LEADING)
def extend(round_id: int, body: dict[str, Any]) -> Any:
    """Give all rooms of a round more minutes; those that have just ended with it open again."""
    return _for_all(round_id, actions.extend, body["minutes"])


@call("POST", "/rounds/<int:round_id>/shortening", {200: "Round"}, body=MINUTES, limit=LEADING)
def shorten(round_id: int, body: dict[str, Any]) -> Any:
    """Take minutes away from all rooms of a round; a minute at least is left."""
    return _for_all(round_id, actions.shorten, body["minutes"])


@call("POST", "/rounds/<int:round_id>/last-minute", {200: "Round"}, limit=LEADING)
def begin_last_minute(round_id: int) -> Any:
    """Let everybody finish their sentence; a minute later all are back in the plenum."""
    return _for_all(round_id, actions.begin_last_minute)


@call("POST", "/rooms/<int:room_id>/extension", {200: "Round"}, body=MINUTES, limit=LEADING)
def extend_room(room_id: int, body: dict[str, Any]) -> Any:
    """Give one room more minutes than the others; one that is over opens again."""
    return _for_one(room_id, actions.extend_room, body["minutes"])


@call("POST", "/rooms/<int:room_id>/shortening", {200: "Round"}, body=MINUTES, limit=LEADING)
def shorten_room(room_id: int, body: dict[str, Any]) -> Any:
    """Take minutes away from one room; a minute at least is left."""
    return _for_one(room_id, actions.shorten_room, body["minutes"])


@call("POST", "/rooms/<int:room_id>/last-minute", {200: "Round"}, limit=LEADING)
def begin_last_minute_of(room_id: int) -> Any:
    """Let the people of one room finish their sentence; a minute later they are back."""
    return _for_one(room_id, actions.begin_last_minute_of)
