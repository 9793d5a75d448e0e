"""The moderators' work: open, change, time, close, ask anew."""

from collections.abc import Callable

from flask import request, url_for
from werkzeug.wrappers import Response

from app.ballots import actions
from app.ballots.forms import settings_in
from app.ballots.models import Ballot
from app.ballots.routes import bp
from app.database import found, locked, transaction
from app.events import steps
from app.events.countdowns import asked_seconds
from app.events.identity import participant_in
from app.events.models import AgendaItem
from app.permissions import require
from app.responses import done


def _led(ballot_id: int, do: Callable[[Ballot], None], *, with_step: bool = False) -> Response:
    """Do it to the ballot, held, if the present person leads its event."""
    with transaction():
        known = found(Ballot, ballot_id)
        require(participant_in(known.event), "ballots.moderate", known)
        if with_step:
            locked(AgendaItem, known.item_id)  # first, as for who goes on to the next step
        ballot = locked(Ballot, ballot_id)
        do(ballot)
    return done(url_for("events.cockpit", code=ballot.event.code))


@bp.post("/ballots/<int:ballot_id>/opening")
def open_(ballot_id: int) -> Response:
    """Take votes, for the first time or again in the same round."""
    return _led(ballot_id, actions.open_ballot)


@bp.delete("/ballots/<int:ballot_id>/opening")
def close(ballot_id: int) -> Response:
    """Take no more votes."""
    return _led(ballot_id, actions.close_ballot)


@bp.post("/ballots/<int:ballot_id>/rounds")
def begin_round(ballot_id: int) -> Response:
    """Ask everybody anew, beside what was said before."""
    return _led(ballot_id, actions.begin_round)


@bp.post("/ballots/<int:ballot_id>/countdown")
def add_time(ballot_id: int) -> Response:
    """Begin a countdown, or give it more time."""
    return _led(ballot_id, lambda ballot: actions.add_time(ballot, asked_seconds()))


@bp.delete("/ballots/<int:ballot_id>/countdown")
def stop_countdown(ballot_id: int) -> Response:
    """Stay open until somebody closes it."""
    return _led(ballot_id, actions.stop_countdown)


@bp.post("/ballots/<int:ballot_id>/live-result")
def show_live(ballot_id: int) -> Response:
    """Let everybody see the result as it comes."""
    return _led(ballot_id, lambda ballot: actions.show_live(ballot, True))


@bp.delete("/ballots/<int:ballot_id>/live-result")
def hide_live(ballot_id: int) -> Response:
    """Let nobody see the result before the ballot is closed."""
    return _led(ballot_id, lambda ballot: actions.show_live(ballot, False))


@bp.post("/ballots/<int:ballot_id>")
def change(ballot_id: int) -> Response:
    """Change what is asked, as long as nobody has voted."""

    def do(ballot: Ballot) -> None:
        settings = settings_in(request.form, steps.kind_of(ballot.item))
        actions.change_ballot(ballot, request.form.get("question", ""), settings)

    return _led(ballot_id, do, with_step=True)
