"""The moderators' work: open the rooms, give time, move people, end the round."""

from flask import request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions
from app.breakouts.models import Room, Round
from app.breakouts.routes import bp
from app.database import found, locked, transaction
from app.errors import Invalid
from app.events.identity import participant_in
from app.events.models import Participant
from app.permissions import require
from app.responses import done, notice


def _moderated(round_: Round) -> Round:
    """The round, if the present person leads its event."""
    require(participant_in(round_.event), "breakouts.moderate", round_)
    return round_


def _done(round_: Round, *words: str) -> Response:
    url = url_for("events.cockpit", code=round_.event.code)
    return done(url, *(notice(word) for word in words))


@bp.post("/rounds/<int:round_id>/opening")
def open_rooms(round_id: int) -> Response:
    """Open the rooms, for the first time or again; opening open ones changes nothing."""
    with transaction():
        round_ = _moderated(actions.hold(round_id))
        if round_.is_over:
            actions.reopen(round_)
        elif not round_.is_open:
            actions.open_round(round_)
    return _done(round_)


@bp.delete("/rounds/<int:round_id>/opening")
def end(round_id: int) -> Response:
    """Send everybody back to the plenum."""
    with transaction():
        round_ = _moderated(locked(Round, round_id))
        actions.end_round(round_)
    return _done(round_)


@bp.post("/rounds/<int:round_id>/extension")
def extend(round_id: int) -> Response:
    """Give some more minutes."""
    minutes = request.args.get("minutes", request.form.get("minutes", ""))
    if not is_number(minutes):
        raise Invalid
    with transaction():
        round_ = _moderated(locked(Round, round_id))
        actions.extend(round_, int(minutes))
    return _done(round_)


@bp.delete("/rounds/<int:round_id>/choice")
def end_choice(round_id: int) -> Response:
    """Place whoever has not chosen now."""
    with transaction():
        round_ = _moderated(locked(Round, round_id))
        if round_.is_choosing:
            actions.end_choosing(round_)
    return _done(round_)


@bp.post("/rooms/<int:room_id>/moves")
def move(room_id: int) -> Response:
    """Put somebody of this room into another one."""
    person_id = _number(f"person-{room_id}")
    to = _number(f"to-{room_id}")
    with transaction():
        round_ = _moderated(locked(Round, found(Room, room_id).round_id))
        person, room = found(Participant, person_id), found(Room, to)
        actions.move(round_, person, room)
    words = _("%(name)s is in room %(number)d now.", name=person.name, number=room.number)
    return _done(round_, words)


def _number(name: str) -> int:
    value = request.form.get(name, "")
    if not is_number(value):
        raise Invalid(_("Please choose somebody and a room."))
    return int(value)
