"""Voting."""

from flask import request, url_for
from werkzeug.wrappers import Response

from app.ballots import actions
from app.ballots.broadcasts import mine
from app.ballots.forms import paper_in, round_in
from app.ballots.models import Ballot
from app.ballots.routes import bp
from app.database import locked, transaction
from app.events.frame import personal_streams
from app.events.identity import somebody_in
from app.limits import TAPPING, limited
from app.permissions import require
from app.responses import done


@bp.post("/ballots/<int:ballot_id>/vote")
@limited(TAPPING, "votes")
def vote(ballot_id: int) -> Response:
    """Vote, or vote differently."""
    paper, round_ = paper_in(request.form), round_in(request.form)
    with transaction():
        ballot = locked(Ballot, ballot_id, shared=True)
        person = somebody_in(ballot.event)
        require(person, "ballots.vote", ballot)
        actions.cast_vote(ballot, person, paper, round_)
    url = url_for("events.live", code=ballot.event.code)
    return done(url, *personal_streams(person, mine))
