"""Supporting proposals, and reacting to them with one tap."""

from flask import request, url_for
from werkzeug.wrappers import Response

from app.database import locked, transaction
from app.errors import NotFound
from app.events.identity import participant_in
from app.events.models import Participant
from app.limits import TAPPING, limited
from app.permissions import require
from app.proposals import actions
from app.proposals.models import Proposal
from app.proposals.queries.cards import TO_PROPOSALS
from app.proposals.routes import bp
from app.proposals.routes.streams import own_streams
from app.reactions.models import Reaction
from app.responses import done


@bp.post("/proposals/<int:proposal_id>/support")
@limited(TAPPING, "proposal supports")
def support(proposal_id: int) -> Response:
    """Support it, or take that back when `supported` is 0."""
    return _support(proposal_id, request.form.get("supported") != "0")


@bp.put("/proposals/<int:proposal_id>/support")
@limited(TAPPING, "proposal supports")
def put_support(proposal_id: int) -> Response:
    """Support it."""
    return _support(proposal_id, True)


@bp.delete("/proposals/<int:proposal_id>/support")
@limited(TAPPING, "proposal supports")
def take_back(proposal_id: int) -> Response:
    """Support it no longer."""
    return _support(proposal_id, False)


def _support(proposal_id: int, wanted: bool) -> Response:
    with transaction():
        proposal, person = _held(proposal_id, "proposals.support")
        actions.support(proposal, person, wanted)
    return _done(proposal, person)


@bp.route("/proposals/<int:proposal_id>/reactions/<kind>", methods=["PUT", "DELETE", "POST"])
@limited(TAPPING, "reactions")
def react(proposal_id: int, kind: str) -> Response:
    """Say something with one tap, or take it back; a form says by `supported` which of the two."""
    is_wanted = request.method == "PUT"
    if request.method == "POST":
        is_wanted = request.form.get("supported") != "0"
    with transaction():
        proposal, person = _held(proposal_id, "proposals.react")
        if kind not in TO_PROPOSALS:
            raise NotFound
        actions.react(proposal, person, Reaction(kind), is_wanted)
    return _done(proposal, person)


def _held(proposal_id: int, permission: str) -> tuple[Proposal, Participant]:
    proposal = locked(Proposal, proposal_id, shared=True)
    person = participant_in(proposal.thread.event)
    require(person, permission, proposal)
    assert person is not None
    return proposal, person


def _done(proposal: Proposal, person: Participant) -> Response:
    return done(url_for(".show", proposal_id=proposal.id), *own_streams(proposal, person))
