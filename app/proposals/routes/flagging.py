"""Asking the moderators to look at a proposal, and what they decide."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.database import found, locked, transaction
from app.errors import Invalid
from app.events import frame
from app.events.identity import somebody_in
from app.events.models import Participant
from app.limits import WRITING, limited
from app.permissions import require
from app.proposals import actions
from app.proposals.models import LONGEST_REASON, Proposal
from app.proposals.routes import bp
from app.responses import done, notice
from app.submissions import tidied


@bp.get("/proposals/<int:proposal_id>/flags/new")
def new_flag(proposal_id: int) -> str:
    """The field for what is wrong with a proposal."""
    proposal = found(Proposal, proposal_id)
    person = _may(proposal, "proposals.flag")
    return render_template(
        "proposals/flag.html",
        proposal=proposal,
        most=LONGEST_REASON,
        **frame.page_context(proposal.thread.event, person),
    )


@bp.post("/proposals/<int:proposal_id>/flags")
@limited(WRITING, "reports")
def flag(proposal_id: int) -> Response:
    """Ask the moderators to look at a proposal."""
    reason = tidied(request.form.get("reason", ""))
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("This is too long: at most %(most)d characters.", most=LONGEST_REASON))
    with transaction():
        proposal = locked(Proposal, proposal_id, shared=True)
        person = _may(proposal, "proposals.flag")
        new = actions.flag(proposal, person, reason)
    if new:
        flash(_("Thank you. The moderators will look at this proposal."))
    else:
        flash(_("You have reported this proposal already."))
    return redirect(url_for(".show", proposal_id=proposal.standing_id), 303)


@bp.delete("/proposals/<int:proposal_id>/flags")
def dismiss(proposal_id: int) -> Response:
    """Leave a flagged proposal where it is."""
    with transaction():
        proposal = locked(Proposal, proposal_id)
        _may(proposal, "proposals.decide")
        actions.dismiss_flags(proposal)
    return done(url_for(".show", proposal_id=proposal_id), notice(_("The proposal stays.")))


def _may(proposal: Proposal, permission: str) -> Participant:
    person = somebody_in(proposal.thread.event)
    require(person, permission, proposal)
    return person
