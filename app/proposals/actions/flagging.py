"""Asking the moderators to look at a proposal, and what they decide."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import dialect_insert, now
from app.errors import Conflict
from app.events.facts import CardHidden
from app.events.models import Participant
from app.extensions import db
from app.outbox import announce, follows
from app.proposals.facts import ProposalFlagged
from app.proposals.models import Proposal, ProposalFlag


def flag(proposal: Proposal, person: Participant, reason: str) -> bool:
    """Ask the moderators to look at it; once per person. Returns whether it is new."""
    if proposal.participant_id == person.id:
        raise Conflict(_l("This is your own proposal."))
    insert = dialect_insert(ProposalFlag).values(
        proposal_id=proposal.id, participant_id=person.id, reason=reason
    )
    new = db.session.scalar(insert.on_conflict_do_nothing().returning(ProposalFlag.id)) is not None
    if new:
        _announce(proposal)
    return new


def dismiss_flags(proposal: Proposal) -> None:
    """Leave a flagged proposal where it is. It is held."""
    if _settle(proposal.id):
        _announce(proposal)


@follows(CardHidden)
def _hidden(fact: CardHidden) -> None:
    """What moderators have hidden waits for them no longer."""
    if fact.kind == "proposal":
        proposal = db.session.get_one(Proposal, fact.id)
        if proposal.hidden_at is not None and _settle(proposal.id):
            _announce(proposal)


def _settle(proposal_id: int) -> Sequence[ProposalFlag]:
    waiting = select(ProposalFlag).where(
        ProposalFlag.proposal_id == proposal_id, ProposalFlag.settled_at.is_(None)
    )
    flags = db.session.scalars(waiting).all()
    for each in flags:
        each.settled_at = now()
    return flags


def _announce(proposal: Proposal) -> None:
    db.session.flush()
    event = proposal.thread.event
    announce(ProposalFlagged(event.id, proposal.id), event.channel)
