"""What one person has proposed, supports, and has said with one tap."""

from collections.abc import Sequence

from sqlalchemy import select

from app.events.models import Participant
from app.extensions import db
from app.proposals.models import Proposal, ProposalSupport
from app.reactions.models import ProposalReaction


def own_proposals(person: Participant) -> Sequence[Proposal]:
    """What this person has proposed and not withdrawn."""
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.participant_id == person.id, Proposal.withdrawn_at.is_(None))
        .order_by(Proposal.id)
    ).all()


def supported_by(person: Participant) -> Sequence[int]:
    """The proposals that this person supports, as they are read now."""
    standing = select(Proposal.within_id, Proposal.id).join(
        ProposalSupport, ProposalSupport.proposal_id == Proposal.id
    )
    rows = db.session.execute(standing.where(ProposalSupport.participant_id == person.id))
    return sorted({within_id or id for within_id, id in rows})


def own_reactions(person: Participant) -> Sequence[ProposalReaction]:
    """What this person has said to proposals with one tap."""
    return db.session.scalars(
        select(ProposalReaction)
        .where(ProposalReaction.participant_id == person.id)
        .order_by(ProposalReaction.proposal_id, ProposalReaction.kind)
    ).all()
