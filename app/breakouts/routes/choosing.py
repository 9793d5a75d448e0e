"""Choosing a room: at once, by wishes, or by waiting for a seat."""

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions
from app.breakouts.models import Room, Round
from app.breakouts.routes import bp
from app.database import found, locked, transaction
from app.errors import Invalid
from app.events.identity import somebody_in
from app.events.models import Participant
from app.permissions import require


def choosing(round_: Round) -> Participant:
    """The present person, if they may choose a room in this round."""
    person = somebody_in(round_.event)
    require(person, "breakouts.choose", round_)
    return person


def _sent_room(value: str) -> int:
    if not is_number(value):
        raise Invalid
    return int(value)


@bp.route("/rounds/<int:round_id>/me", methods=["POST", "PUT"])
def choose(round_id: int) -> Response:
    """Choose my room."""
    number = _sent_room(request.form.get("room", ""))
    with transaction():
        round_ = locked(Round, round_id)
        actions.choose(round_, choosing(round_), found(Room, number))
    return redirect(url_for(".room", room_id=number), 303)


@bp.put("/rounds/<int:round_id>/wishes")
def name_wishes(round_id: int) -> Response:
    """Name the rooms that I wish for, the first one most."""
    numbers = [_sent_room(value) for value in request.form.getlist("room") if value]
    with transaction():
        round_ = locked(Round, round_id)
        person = choosing(round_)
        actions.name_wishes(round_, person, [found(Room, number) for number in numbers])
    return _to_choice(round_)


@bp.post("/rooms/<int:room_id>/line")
def wait(room_id: int) -> Response:
    """Wait for a seat in a room that is full."""
    with transaction():
        room = actions.hold_room(room_id)
        round_ = room.round
        actions.wait(round_, choosing(round_), room)
    return _to_choice(round_)


@bp.delete("/rooms/<int:room_id>/line")
def stop_waiting(room_id: int) -> Response:
    """Wait no longer."""
    with transaction():
        round_ = actions.hold_room(room_id).round
        actions.stop_waiting(round_, choosing(round_))
    return _to_choice(round_)


def _to_choice(round_: Round) -> Response:
    return redirect(url_for(".my_room", round_id=round_.id, choose="again"), 303)
