"""Proposals as they are shown: with their numbers, and with what was merged into them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, distinct, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.extensions import db
from app.forums.models import Post
from app.proposals.models import Proposal, ProposalSupport
from app.proposals.permissions import visible_to_all
from app.reactions.models import ProposalReaction, Reaction


@dataclass(frozen=True)
class ProposalCard:
    """A proposal as it is shown: what was merged into it counts with it."""

    proposal: Proposal
    supports: int  # distinct people
    comments: int
    merged: Sequence[Proposal] = ()  # those that are read under it
    reactions: Mapping[Reaction, int] = field(default_factory=dict)


_read_under: Any = aliased(Proposal)


def _counted_with(other: Any) -> ColumnElement[bool]:
    """Whether another proposal counts with this one: itself, and what is shown under it."""
    return or_(
        other.id == Proposal.id,
        and_(
            other.within_id == Proposal.id,
            other.hidden_at.is_(None),
            other.withdrawn_at.is_(None),
        ),
    )


def _not_the_authors(table: Any) -> ColumnElement[bool]:
    """Nobody counts at their own proposal, whatever they said to what was merged into it."""
    said_by_others: ColumnElement[bool] = table.participant_id != func.coalesce(
        Proposal.participant_id, 0
    )
    return said_by_others


supports_of: Any = (
    select(func.count(distinct(ProposalSupport.participant_id)))
    .join(_read_under, _read_under.id == ProposalSupport.proposal_id)
    .where(_counted_with(_read_under), _not_the_authors(ProposalSupport))
    .correlate(Proposal)
    .scalar_subquery()
)
_comments: Any = (
    select(func.count())
    .select_from(Post)
    .join(_read_under, _read_under.thread_id == Post.thread_id)
    .where(_counted_with(_read_under), Post.shown())
    .correlate(Proposal)
    .scalar_subquery()
)


def cards_where(*conditions: ColumnElement[bool]) -> Select[Any]:
    """The proposals that meet the conditions and were not withdrawn, with their numbers."""
    return (
        select(Proposal, supports_of, _comments)
        .options(joinedload(Proposal.author), joinedload(Proposal.aspect))
        .where(Proposal.withdrawn_at.is_(None), *conditions)
    )


def as_cards(query: Select[Any]) -> list[ProposalCard]:
    """The cards of such a query, with what was merged into them: three statements."""
    rows = db.session.execute(query).all()
    ids = [proposal.id for proposal, _supports, _said in rows]
    merged, reactions = _merged_into(ids), _reactions_to(ids)
    return [
        ProposalCard(proposal, supports, said, merged.get(proposal.id, []), reactions[proposal.id])
        for proposal, supports, said in rows
    ]


def _merged_into(ids: Sequence[int]) -> dict[int, list[Proposal]]:
    found: dict[int, list[Proposal]] = defaultdict(list)
    for other in db.session.scalars(
        select(Proposal)
        .options(joinedload(Proposal.author))
        .where(Proposal.within_id.in_(ids), visible_to_all())
        .order_by(Proposal.id)
    ):
        found[other.within_id or 0].append(other)
    return found


def _reactions_to(ids: Sequence[int]) -> dict[int, dict[Reaction, int]]:
    """How many people said what to each of these, and to what counts with it, as in supporting."""
    people = func.count(distinct(ProposalReaction.participant_id))
    rows = db.session.execute(
        select(Proposal.id, ProposalReaction.kind, people)
        .join(_read_under, _counted_with(_read_under))
        .join(ProposalReaction, ProposalReaction.proposal_id == _read_under.id)
        .where(Proposal.id.in_(ids), _not_the_authors(ProposalReaction))
        .group_by(Proposal.id, ProposalReaction.kind)
    )
    said = {(id, kind): count for id, kind, count in rows}
    return {id: {kind: said.get((id, kind), 0) for kind in TO_PROPOSALS} for id in ids}


# Agreeing is what support is for.
TO_PROPOSALS = (Reaction.HELPFUL, Reaction.THANKS)


def card_of(proposal: Proposal) -> ProposalCard:
    """A proposal with its numbers."""
    return as_cards(cards_where(Proposal.id == proposal.id))[0]


def cards_of(aspect_ids: Sequence[int]) -> list[ProposalCard]:
    """The proposals under these aspects that everybody sees, newest first."""
    shown = cards_where(
        Proposal.aspect_id.in_(aspect_ids), Proposal.within_id.is_(None), visible_to_all()
    )
    return as_cards(shown.order_by(Proposal.id.desc()))


def cards_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These proposals as contexts of their cards, withdrawn ones left out."""
    return {
        card.proposal.id: {"card": card, "aspect_id": card.proposal.aspect_id}
        for card in as_cards(cards_where(Proposal.id.in_(ids)))
    }


def family_of(proposal: Proposal) -> Select[int]:
    """The ids of what counts as one with this proposal: where it is read, and all read there."""
    root = proposal.standing_id
    return select(Proposal.id).where(or_(Proposal.id == root, Proposal.within_id == root))
