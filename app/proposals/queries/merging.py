"""What a proposal can be merged into, and the pages of those that were."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select, union

from app.extensions import db
from app.forums.models import Thread
from app.livepolls.models import Aspect
from app.proposals.models import Proposal, ProposalSupport
from app.proposals.permissions import visible_to_all
from app.proposals.queries.cards import ProposalCard, as_cards, cards_where
from app.reactions.models import ProposalReaction


@dataclass(frozen=True)
class Group:
    """An aspect with proposals that another one can be merged into."""

    aspect: Aspect
    cards: Sequence[ProposalCard]


def mergeable_with(proposal: Proposal) -> list[Group]:
    """The other proposals of the event that stand by themselves, its own aspect first."""
    query = cards_where(
        Proposal.id != proposal.id,
        Proposal.within_id.is_(None),
        Proposal.thread.has(Thread.event_id == proposal.event_id),
        visible_to_all(),
    ).order_by(Proposal.aspect_id != proposal.aspect_id, Proposal.aspect_id, Proposal.id.desc())
    grouped = groupby(as_cards(query), key=lambda card: card.proposal.aspect)
    return [Group(aspect, list(cards)) for aspect, cards in grouped]


def pages_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What stands at the top of these proposals' pages: themselves, or where they are read now.

    Nothing of what is hidden is read through what was merged into it.
    """
    kept_ids = select(Proposal.within_id).where(Proposal.id.in_(ids))
    cards = as_cards(cards_where(or_(Proposal.id.in_(ids), Proposal.id.in_(kept_ids))))
    by_id = {card.proposal.id: card for card in cards}
    open_ones = {id: card for id, card in by_id.items() if not card.proposal.is_hidden}
    return {
        id: {"card": by_id[id], "kept": open_ones.get(by_id[id].proposal.within_id or 0)}
        for id in ids
        if id in by_id
    }


def read_under(*ids: int) -> Sequence[int]:
    """The ids of what was merged into these proposals, however many mergers led there."""
    merged = select(Proposal.id).where(Proposal.within_id.in_(ids))
    return db.session.scalars(merged.order_by(Proposal.id)).all()


def people_behind(ids: Sequence[int]) -> Sequence[int]:
    """The authors of these proposals, and all who have said something to them with one tap."""
    authors = select(Proposal.participant_id).where(
        Proposal.id.in_(ids), Proposal.participant_id.is_not(None)
    )
    said = [
        select(table.participant_id).where(table.proposal_id.in_(ids))
        for table in (ProposalSupport, ProposalReaction)
    ]
    return db.session.scalars(union(authors, *said)).all()
