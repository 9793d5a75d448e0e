"""Between the rooms and those who lead: calls for help, and messages."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions, queries
from app.breakouts.models import Room, Round
from app.breakouts.routes import bp
from app.breakouts.routes.leading import done_in, moderated
from app.breakouts.routes.timing import led
from app.database import locked, transaction
from app.errors import Invalid
from app.events.identity import participant_in, somebody_in
from app.limits import ASKING_FOR_HELP, WRITING, limited
from app.permissions import require
from app.responses import done


def _asking(room_id: int) -> Room:
    """The room, its round held, if the present person may speak for it."""
    room = actions.hold_room(room_id)
    require(somebody_in(room.round.event), "breakouts.ask_for_help", room)
    return room


def _back(room: Room) -> Response:
    person = participant_in(room.round.event)
    if person is not None and person.is_moderator:
        return done_in(room.round)
    return done(url_for(".room", room_id=room.id))


@bp.post("/rooms/<int:room_id>/help")
@limited(ASKING_FOR_HELP, "calls for help")
def ask_for_help(room_id: int) -> Response:
    """Ask those who lead to come into the room."""
    with transaction():
        room = _asking(room_id)
        actions.ask_for_help(room)
    return _back(room)


@bp.delete("/rooms/<int:room_id>/help")
@limited(ASKING_FOR_HELP, "calls for help")
def end_help(room_id: int) -> Response:
    """Say that help is no longer needed; the room may, and those who lead."""
    with transaction():
        room = _asking(room_id)
        actions.end_help(room)
    return _back(room)


@bp.post("/rooms/<int:room_id>/help/answer")
def answer_help(room_id: int) -> Response:
    """Tell the room that one is coming."""
    with transaction():
        room = led(room_id)
        actions.answer_help(room, somebody_in(room.round.event))
    return done_in(room.round)


@bp.post("/rounds/<int:round_id>/messages")
@limited(WRITING, "messages to rooms")
def send_message(round_id: int) -> Response:
    """Say something to all rooms, or to one."""
    number = request.form.get("room", "")
    if number and not is_number(number):
        raise Invalid
    with transaction():
        round_ = moderated(locked(Round, round_id))
        room = queries.room_in(round_, int(number)) if number else None
        author, form = somebody_in(round_.event), request.form
        actions.send_message(round_, room, author, form.get("text", ""), form.get("key", ""))
    where = _("room %(number)d", number=room.number) if room else _("all rooms")
    return done_in(round_, _("Sent to %(where)s.", where=where))
