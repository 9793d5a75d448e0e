"""The moderators' work: open the rooms, end the choosing, end the round."""

from flask import url_for
from werkzeug.wrappers import Response

from app.breakouts import actions
from app.breakouts.models import Round
from app.breakouts.planning.foreseeing import foreseen
from app.breakouts.routes import bp
from app.database import found, locked, transaction
from app.events.identity import participant_in
from app.permissions import require
from app.responses import done, notice


def moderated(round_: Round) -> Round:
    """The round, if the present person leads its event."""
    require(participant_in(round_.event), "breakouts.moderate", round_)
    return round_


def done_in(round_: Round, *words: str) -> Response:
    """Back to the cockpit, with a word about what was done."""
    url = url_for("events.cockpit", code=round_.event.code)
    return done(url, *(notice(word) for word in words))


@bp.post("/rounds/<int:round_id>/opening")
def open_rooms(round_id: int) -> Response:
    """Open the rooms, for the first time or again; opening open ones changes nothing."""
    moderated(found(Round, round_id))
    with foreseen(round_id), transaction():
        round_ = moderated(actions.hold(round_id))
        if round_.is_over:
            actions.reopen(round_)
        elif not round_.is_open:
            actions.open_round(round_)
    return done_in(round_)


@bp.delete("/rounds/<int:round_id>/opening")
def end(round_id: int) -> Response:
    """Send everybody back to the plenum."""
    with transaction():
        round_ = moderated(locked(Round, round_id))
        actions.end_round(round_)
    return done_in(round_)


@bp.delete("/rounds/<int:round_id>/choice")
def end_choice(round_id: int) -> Response:
    """Place whoever has not chosen now."""
    moderated(found(Round, round_id))
    with foreseen(round_id), transaction():
        round_ = moderated(locked(Round, round_id))
        if round_.is_choosing:
            actions.end_choosing(round_)
    return done_in(round_)
