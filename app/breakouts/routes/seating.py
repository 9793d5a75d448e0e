"""What rooms are called and how many seats each has: of a plan, and while its round runs."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions
from app.breakouts.forms import RoomForm
from app.breakouts.models import Room, Round
from app.breakouts.routes import bp
from app.breakouts.routes.leading import moderated
from app.breakouts.routes.preparing import places_page
from app.breakouts.routes.timing import led
from app.breakouts.rules import LARGEST, number
from app.database import found, transaction
from app.errors import Conflict, Invalid
from app.extensions import db

Answer = str | Response | tuple[str, int]
Typed = dict[int, tuple[str, str]]


@bp.put("/rounds/<int:round_id>/seats")
def plan_seats(round_id: int) -> Answer:
    """Let rooms of a plan have seats of their own; what was not changed here stays as it is."""
    rooms = _changed()
    said = {room: _seats(typed) for room, (typed, _was) in rooms.items()}
    was = {room: number(before) for room, (_typed, before) in rooms.items()}
    try:
        with transaction():
            round_ = moderated(actions.hold_plan(moderated(found(Round, round_id))))
            actions.plan_seats(round_, said, was)
    except Conflict as error:
        if "rooms" not in error.details:
            raise
        return _overtaken(round_id, rooms, error)
    flash(_("The seats of the rooms are saved."))
    return redirect(url_for(".places", round_id=round_id), 303)


def _overtaken(round_id: int, rooms: Typed, error: Conflict) -> Answer:
    """What was typed stands in the fields; what others have saved meanwhile is named."""
    typed = {room: typed for room, (typed, _was) in rooms.items()}
    conflict = {"message": error.message, "rooms": error.details["rooms"]}
    round_ = moderated(found(Round, round_id))
    return places_page(round_, typed_seats=typed, conflict=conflict), error.status


def _changed() -> Typed:
    """What was typed for each room, and what stood there before, where these are different."""
    names = [name for name in request.form if name.startswith("seats-")]
    sent = {_room(name): request.form[name].strip() for name in names}
    opened = {room: request.form.get(f"was-{room}", "") for room in sent}
    return {room: (sent[room], opened[room]) for room in sent if sent[room] != opened[room]}


def _room(name: str) -> int:
    room = name.removeprefix("seats-")
    if not is_number(room) or room != str(int(room)):  # each room once
        raise Invalid
    return int(room)


def _seats(value: str) -> int | None:
    if value and not is_number(value):
        raise Invalid(_("Seats are a whole number from 1 to %(most)d, or nothing.", most=LARGEST))
    return int(value) if value else None


@bp.get("/rooms/<int:room_id>/settings")
def room_settings(room_id: int) -> str:
    """The name of a running room, and its seats."""
    room = found(Room, room_id)
    moderated(room.round).require_open()
    now = actions.Said.of(room)
    was = {"was_title": now.title, "was_seats": now.seats}
    return _page(room, RoomForm(data={"title": now.title, "seats": now.seats, **was}))


@bp.put("/rooms/<int:room_id>/settings")
def change_room(room_id: int) -> Answer:
    """Call it otherwise, or give it other seats; whoever began from an older state sees both."""
    form = RoomForm()
    if not form.validate_on_submit():
        room = found(Room, room_id)
        moderated(room.round).require_open()
        return _page(room, form), 422
    try:
        with transaction():
            room = led(room_id)
            actions.change_room(room, actions.Said(*form.said), actions.Said(*form.was))
    except Conflict as error:
        return _stale(room_id, form, error)
    url = url_for("events.cockpit", code=room.round.event.code, _anchor=f"room-tile-{room.id}")
    return redirect(url, 303)


def _stale(room_id: int, form: RoomForm, error: Conflict) -> Answer:
    """What was typed stands in the fields, what somebody else has made of the room beside them."""
    db.session.expire_all()
    room = found(Room, room_id)
    moderated(room.round).require_open()
    now = actions.Said.of(room)
    form.was_title.data, form.was_seats.data = now.title, now.seats
    form.was_title.raw_data = form.was_seats.raw_data = None
    form.title.data = form.title.data or now.title
    return _page(room, form, conflict=error.message), error.status


def _page(room: Room, form: RoomForm, conflict: Any = None) -> str:
    round_ = room.round
    return render_template(
        "breakouts/room_settings.html",
        event=round_.event,
        room=room,
        round=round_,
        common=round_.common_seats,
        form=form,
        conflict=conflict,
    )
