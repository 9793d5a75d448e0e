"""Proposals that somebody has asked the moderators to look at."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from app.events.models import Participant
from app.extensions import db
from app.forums.models import Thread
from app.proposals.models import Proposal, ProposalFlag


@dataclass(frozen=True)
class Flagged:
    """A proposal that waits for a decision, by how many people, and what they said."""

    proposal: Proposal
    count: int
    reasons: list[str]


def flagged_in(event_id: int) -> list[Flagged]:
    """The flagged proposals of an event, those that have waited longest first; one query."""
    waiting: dict[Proposal, list[str]] = defaultdict(list)
    for flag in db.session.scalars(
        select(ProposalFlag)
        .join(ProposalFlag.proposal)
        .join(Proposal.thread)
        .options(contains_eager(ProposalFlag.proposal).joinedload(Proposal.author))
        .options(contains_eager(ProposalFlag.proposal).joinedload(Proposal.aspect))
        .where(
            Thread.event_id == event_id,
            ProposalFlag.settled_at.is_(None),
            Proposal.withdrawn_at.is_(None),
        )
        .order_by(ProposalFlag.id)
    ):
        waiting[flag.proposal].append(flag.reason)
    return [
        Flagged(proposal, len(said), [reason for reason in said if reason])
        for proposal, said in waiting.items()
    ]


def own_flags(person: Participant) -> Sequence[ProposalFlag]:
    """What this person has flagged."""
    return db.session.scalars(
        select(ProposalFlag)
        .options(joinedload(ProposalFlag.proposal))
        .where(ProposalFlag.participant_id == person.id)
        .order_by(ProposalFlag.id)
    ).all()
