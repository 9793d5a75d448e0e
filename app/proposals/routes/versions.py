"""What proposals and official answers said before."""

from flask import render_template, url_for
from flask_babel import gettext as _

from app.arranging.wordings import wordings
from app.commitments import State
from app.database import found
from app.events import frame
from app.events.identity import somebody_in
from app.permissions import require
from app.proposals.models import OfficialAnswer, Proposal
from app.proposals.routes import bp
from app.proposals.routes.answering import where_it_stands
from app.proposals.versions import AnswerVersion, earlier_wordings


@bp.get("/proposals/<int:proposal_id>/versions")
def of_proposal(proposal_id: int) -> str:
    """The wordings of a proposal, the latest first."""
    proposal = found(Proposal, proposal_id)
    event = proposal.thread.event
    person = somebody_in(event)
    require(person, "proposals.see", proposal)
    earlier = [(each.written_at, each.text) for each in earlier_wordings(proposal)]
    now = (proposal.edited_at or proposal.created_at, proposal.text)
    return render_template(
        "proposals/versions.html",
        kicker=_("Solution proposal"),
        writing=proposal,
        wordings=wordings([now, *earlier]),
        states=[],
        back=url_for(".show", proposal_id=proposal.id),
        **frame.page_context(event, person),
    )


@bp.get("/answers/<int:answer_id>/versions")
def of_answer(answer_id: int) -> str:
    """The wordings of an official answer, the latest first, with what each committed itself to."""
    answer = found(OfficialAnswer, answer_id)
    person = somebody_in(answer.event)
    require(person, "proposals.see_answer", answer)
    earlier = [each for each in earlier_wordings(answer) if isinstance(each, AnswerVersion)]
    now = (answer.stands_since, answer.text)
    return render_template(
        "proposals/versions.html",
        kicker=_("Official answer"),
        writing=answer,
        wordings=wordings([now, *((each.written_at, each.text) for each in earlier)]),
        states=[_stand(answer), *map(_stand, earlier)],
        back=where_it_stands(answer),
        **frame.page_context(answer.event, person),
    )


def _stand(said: OfficialAnswer | AnswerVersion) -> tuple[State | None, str, str]:
    """What it committed itself to, why, and on whose behalf."""
    return said.state, said.why, said.organisation
