"""Merging proposals that say the same, by moderators."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.database import found, locked, transaction
from app.errors import Conflict, Invalid
from app.events import frame
from app.events.identity import somebody_in
from app.events.models import Participant
from app.forums.models import Thread
from app.permissions import require
from app.proposals import actions, queries
from app.proposals.models import Proposal
from app.proposals.routes import bp
from app.responses import done, notice


@bp.get("/proposals/<int:proposal_id>/merger")
def merging(proposal_id: int) -> str:
    """Choose the proposal that this one says the same as."""
    proposal = found(Proposal, proposal_id)
    person = _moderator(proposal)
    if proposal.within_id is not None:
        raise Conflict(_("Somebody has merged this proposal into another one already."))
    return render_template(
        "proposals/merging.html",
        card=queries.card_of(proposal),
        groups=queries.mergeable_with(proposal),
        **frame.page_context(proposal.thread.event, person),
    )


@bp.post("/proposals/<int:proposal_id>/merger")
def merge(proposal_id: int) -> Response:
    """Let it be read under another one from now on."""
    into = request.form.get("into", "")
    if not is_number(into):
        raise Invalid(_("Choose the proposal that it says the same as."))
    with transaction():
        held = _held(proposal_id, int(into))
        proposal, kept = held[proposal_id], held[int(into)]
        for each in (proposal, kept):
            _moderator(each)
        locked(Thread, proposal.thread_id)
        actions.merge(proposal, kept)
    return redirect(url_for(".show", proposal_id=kept.id), 303)


@bp.delete("/proposals/<int:proposal_id>/merger")
def take_out(proposal_id: int) -> Response:
    """Take a merger back."""
    with transaction():
        kept_id = found(Proposal, proposal_id).within_id
        if kept_id is None:
            _moderator(found(Proposal, proposal_id))
            raise Conflict(_("This proposal stands by itself already."))
        held = _held(proposal_id, kept_id)
        proposal, kept = held[proposal_id], held[kept_id]
        _moderator(proposal)
        locked(Thread, proposal.thread_id)
        actions.take_out(proposal, kept)
    said = notice(_("The proposal stands by itself again."))
    return done(url_for(".show", proposal_id=proposal_id), said)


def _held(*ids: int) -> dict[int, Proposal]:
    """These proposals, held in one order by everybody, so that nobody waits for each other."""
    return {id: locked(Proposal, id) for id in sorted(set(ids))}


def _moderator(proposal: Proposal) -> Participant:
    person = somebody_in(proposal.thread.event)
    require(person, "proposals.merge", proposal)
    return person
