"""What the application needs from proposals."""

from collections.abc import Iterable
from typing import Any

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func

from app import commitments
from app.commitments import Commitment
from app.composing import references
from app.events import cards, marks, merging, own_data
from app.events import steps as event_steps
from app.events.marks import How
from app.events.models import Participant
from app.forums import subjects
from app.livepolls.board import writings
from app.livepolls.models import Aspect
from app.proposals import broadcasts, discussion, lineage, permissions  # noqa: F401
from app.proposals.models import OfficialAnswer, Proposal, ProposalFlag, ProposalSupport
from app.proposals.organisations import organisation_of
from app.proposals.own_data import part
from app.proposals.queries import Answers, Order, answers_by_aspect, answers_by_report
from app.proposals.queries.cards import TO_PROPOSALS
from app.proposals.references import proposal
from app.proposals.routes import bp
from app.proposals.steps import answer_card, proposal_card, step
from app.reactions.models import ProposalReaction

ORDER_NAMES = {
    Order.NEWEST: _l("Newest"),
    Order.SUPPORTED: _l("Most supported"),
    Order.DISCUSSED: _l("Most discussed"),
}


def register(app: Flask) -> None:
    """Attach the routes, the step, the cards, and what templates of others may ask for."""
    event_steps.register(step)
    cards.register(proposal_card)
    cards.register(answer_card)
    subjects.register(discussion.subject)
    references.register(proposal)
    own_data.register(part)
    merging.register(merging.texts(Proposal))
    merging.register(merging.texts(OfficialAnswer))
    merging.register(merging.marks(ProposalSupport, Proposal))
    merging.register(merging.marks(ProposalReaction, Proposal, "kind"))
    merging.register(merging.marks(ProposalFlag, Proposal))
    _register_marks()
    _register_writings()
    app.jinja_env.globals.update(
        aspect_url=aspect_url,
        answers_of=answers_of,
        answers_by_report=answers_by_report,
        order_names=ORDER_NAMES,
        **_commitment_words(),
    )
    app.register_blueprint(bp)


def _commitment_words() -> dict[str, Any]:
    return {
        "state_names": commitments.NAMES,
        "commitment_states": commitments.COMMITMENTS,
        "longest_why": commitments.LONGEST_WHY,
        "longest_organisation": commitments.LONGEST_ORGANISATION,
        "commitment_of": commitment_of,
    }


def commitment_of(person: Participant) -> Commitment:
    """What the fields of an answer hold before anything is typed into them."""
    return Commitment(organisation=organisation_of(person))


def _register_writings() -> None:
    standing: Any = func.coalesce(Proposal.within_id, Proposal.id)
    writings.register(writings.Kind("proposal", Proposal.id, Proposal.aspect_id, standing))
    answer = OfficialAnswer
    writings.register(writings.Kind("answer", answer.id, answer.aspect_id, answer.id))


def _register_marks() -> None:
    kept, said = Proposal.withdrawn_at.is_(None), OfficialAnswer.withdrawn_at.is_(None)
    marks.register("proposal", How.OWN, Proposal.participant_id, Proposal.id, kept)
    marks.register("answer", How.OWN, OfficialAnswer.participant_id, OfficialAnswer.id, said)
    merged = Proposal.within_id.is_not(None)
    marks.register("merged-proposal", How.OWN, Proposal.participant_id, Proposal.id, kept, merged)
    standing: Any = func.coalesce(Proposal.within_id, Proposal.id)
    supported: Any = ProposalSupport.proposal_id == Proposal.id
    marks.register("proposal", How.SUPPORTED, ProposalSupport.participant_id, standing, supported)
    for kind in TO_PROPOSALS:
        tapped: Any = ProposalReaction.proposal_id == Proposal.id
        this, person = ProposalReaction.kind == kind, ProposalReaction.participant_id
        marks.register(f"{kind}-proposal", How.SUPPORTED, person, standing, tapped, this)


def answers_of(aspects: Iterable[Aspect]) -> dict[int, Answers]:
    """The official answers to each of these aspects, for `proposals/_answers.html`."""
    return answers_by_aspect(aspect.id for aspect in aspects)


def aspect_url(aspect: Aspect) -> str:
    """The page of an aspect."""
    return url_for("proposals.aspect", aspect_id=aspect.id)
