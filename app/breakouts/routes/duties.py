"""Who leads through the talk of a room, and who takes its notes: taken, handed over, given back."""

from flask import request, url_for
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions
from app.breakouts.models import Part, Room
from app.breakouts.routes import bp
from app.database import found, transaction
from app.errors import Invalid, NotFound
from app.events.identity import somebody_in
from app.events.models import Participant
from app.permissions import require
from app.responses import done


def _shared(room_id: int, part: str) -> tuple[Room, Part, Participant]:
    """The room, its round held, the part, and who asks."""
    if part not in set(Part):
        raise NotFound
    room = actions.hold_room(room_id)
    person = somebody_in(room.round.event)
    require(person, "breakouts.share_duties", room)
    return room, Part(part), person


@bp.post("/rooms/<int:room_id>/duties/<part>")
def appoint(room_id: int, part: str) -> Response:
    """Take a part oneself, or hand it over to somebody of the room."""
    number = request.form.get(f"to-{part}", "")
    if number and not is_number(number):
        raise Invalid
    with transaction():
        room, sure, person = _shared(room_id, part)
        other = found(Participant, int(number)) if number else person
        actions.appoint(room, sure, other, by=person)
    return done(url_for(".room", room_id=room_id))


@bp.delete("/rooms/<int:room_id>/duties/<part>")
def give_back(room_id: int, part: str) -> Response:
    """Let somebody else take it."""
    with transaction():
        room, sure, person = _shared(room_id, part)
        actions.give_back(room, sure, person)
    return done(url_for(".room", room_id=room_id))
