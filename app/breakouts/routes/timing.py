"""Time: given to all rooms or to one, taken away, and a last minute to finish a sentence."""

from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions
from app.breakouts.models import Room, Round
from app.breakouts.routes import bp
from app.breakouts.routes.leading import done_in, moderated
from app.database import locked, transaction
from app.errors import Invalid


@bp.post("/rounds/<int:round_id>/extension")
def extend(round_id: int) -> Response:
    """Give all rooms some more minutes."""
    return _shifted(round_id, actions.extend)


@bp.post("/rounds/<int:round_id>/shortening")
def shorten(round_id: int) -> Response:
    """Take some minutes away from all rooms."""
    return _shifted(round_id, actions.shorten)


def _shifted(round_id: int, shift: Callable[[Round, int], None]) -> Response:
    minutes = _minutes()
    with transaction():
        round_ = moderated(locked(Round, round_id))
        shift(round_, minutes)
    return done_in(round_)


def _minutes() -> int:
    minutes = request.args.get("minutes", request.form.get("minutes", ""))
    if not is_number(minutes):
        raise Invalid
    return int(minutes)


@bp.post("/rounds/<int:round_id>/last-minute")
def begin_last_minute(round_id: int) -> Response:
    """Let everybody finish their sentence, and come back then."""
    with transaction():
        round_ = moderated(locked(Round, round_id))
        actions.begin_last_minute(round_)
    return done_in(round_)


@bp.post("/rooms/<int:room_id>/extension")
def extend_room(room_id: int) -> Response:
    """Give one room some more minutes than the others."""
    return _shifted_room(room_id, actions.extend_room)


@bp.post("/rooms/<int:room_id>/shortening")
def shorten_room(room_id: int) -> Response:
    """Take some minutes away from one room."""
    return _shifted_room(room_id, actions.shorten_room)


def _shifted_room(room_id: int, shift: Callable[[Room, int], None]) -> Response:
    minutes = _minutes()
    with transaction():
        room = led(room_id)
        shift(room, minutes)
    return done_in(room.round)


@bp.post("/rooms/<int:room_id>/last-minute")
def begin_last_minute_of(room_id: int) -> Response:
    """Let the people of one room finish their sentence, and come back then."""
    with transaction():
        room = led(room_id)
        actions.begin_last_minute_of(room)
    return done_in(room.round)


def led(room_id: int) -> Room:
    """The room, its round held, if the present person leads its event."""
    room = actions.hold_room(room_id)
    moderated(room.round)
    return room
