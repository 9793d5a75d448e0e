"""One person's proposals and official answers: to take along, and to delete."""

from typing import Any

from sqlalchemy import update

from app.events.models import Participant
from app.events.own_data import OwnData
from app.extensions import db
from app.forums.versions import Version
from app.proposals import actions, queries
from app.proposals.models import OfficialAnswer, Proposal, ProposalFlag
from app.proposals.versions import earlier_wordings


def _export(person: Participant) -> dict[str, Any]:
    return {
        "written": [_proposal(each) for each in queries.own_proposals(person)],
        "supported": len(queries.supported_by(person)),
        "reactions": [
            {"proposal": each.proposal_id, "said": each.kind.value}
            for each in queries.own_reactions(person)
        ],
        "flags": [
            {"proposal": each.proposal.text, "reason": each.reason}
            for each in queries.own_flags(person)
        ],
        "official_answers": [_answer(each) for each in queries.own_answers(person)],
    }


def _proposal(proposal: Proposal) -> dict[str, Any]:
    return {
        "text": proposal.text,
        "aspect": proposal.aspect.title,
        "created_at": proposal.created_at.isoformat(),
        "earlier": [_earlier(each) for each in earlier_wordings(proposal)],
    }


def _answer(answer: OfficialAnswer) -> dict[str, Any]:
    return {
        "text": answer.text,
        "created_at": answer.created_at.isoformat(),
        "organisation": answer.organisation,
        "state": answer.state.value if answer.state else None,
        "why": answer.why,
        "earlier": [_earlier(each) for each in earlier_wordings(answer)],
    }


def _earlier(wording: Version) -> dict[str, str]:
    return {"text": wording.text, "written_at": wording.written_at.isoformat()}


def _delete(person: Participant) -> None:
    actions.remove_all(person)
    actions.unsign_answers(person)
    _unsign_flags(person)


def _unsign_flags(person: Participant) -> None:
    """A flag stays to be decided about, without who it was and what they said."""
    db.session.execute(
        update(ProposalFlag)
        .where(ProposalFlag.participant_id == person.id)
        .values(participant_id=None, reason="")
        .execution_options(synchronize_session=False)
    )


part = OwnData("proposals", _export, _delete)
