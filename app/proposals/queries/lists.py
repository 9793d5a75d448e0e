"""Proposals by aspect, for everybody, and in numbers for moderators and the screen."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.extensions import db
from app.forums.models import Post
from app.forums.queries import latest_posts
from app.livepolls.models import Aspect
from app.livepolls.queries import chosen_aspects
from app.proposals.models import Proposal, is_taking
from app.proposals.permissions import visible_to_all
from app.proposals.queries.answers import Answers, answers_by_aspect
from app.proposals.queries.cards import ProposalCard, as_cards, cards_of, cards_where, supports_of
from app.proposals.queries.flags import Flagged, flagged_in
from app.proposals.queries.orders import Order

LATEST = 12  # how many of the newest a moderator sees at once


@dataclass(frozen=True)
class Section:
    """An aspect as a place for proposals."""

    aspect: Aspect
    answers: Answers
    cards: Sequence[ProposalCard]
    is_taking: bool


@dataclass(frozen=True)
class Tally:
    """How much there is under an aspect."""

    aspect: Aspect
    proposals: int
    supports: int
    answers: int


@dataclass(frozen=True)
class Overview:
    """What moderators keep an eye on."""

    tallies: Sequence[Tally]
    flagged: Sequence[Flagged]
    latest: Sequence[ProposalCard]
    comments: Sequence[Post]


def sections(event_id: int, order: Order = Order.NEWEST) -> list[Section]:
    """The chosen aspects with answers and proposals."""
    return sections_of(chosen_aspects(event_id), order)


def sections_of(aspects: Sequence[Aspect], order: Order = Order.NEWEST) -> list[Section]:
    """These aspects with answers and proposals."""
    ids = [aspect.id for aspect in aspects]
    answers = answers_by_aspect(ids)
    cards: dict[int, list[ProposalCard]] = {id: [] for id in ids}
    for card in order.of(cards_of(ids)):
        cards[card.proposal.aspect_id].append(card)
    return [Section(a, answers[a.id], cards[a.id], is_taking(a)) for a in aspects]


def tallies(event_id: int) -> list[Tally]:
    """How much there is under each chosen aspect, in numbers."""
    aspects = chosen_aspects(event_id)
    ids = [aspect.id for aspect in aspects]
    answers = answers_by_aspect(ids)
    rows = db.session.execute(
        select(Proposal.aspect_id, func.count(), func.sum(supports_of))
        .where(Proposal.aspect_id.in_(ids), Proposal.within_id.is_(None), visible_to_all())
        .group_by(Proposal.aspect_id)
    )
    numbers = {aspect_id: (count, int(supports)) for aspect_id, count, supports in rows}
    return [
        Tally(aspect, *numbers.get(aspect.id, (0, 0)), answers=len(answers[aspect.id].cards))
        for aspect in aspects
    ]


def overview(event_id: int) -> Overview:
    """What moderators keep an eye on: numbers, what was flagged, and what is newest."""
    ids = [aspect.id for aspect in chosen_aspects(event_id)]
    under = Proposal.aspect_id.in_(ids)
    standing = cards_where(under, Proposal.within_id.is_(None))
    latest = as_cards(standing.order_by(Proposal.id.desc()).limit(LATEST))
    threads = db.session.scalars(select(Proposal.thread_id).where(under)).all()
    return Overview(tallies(event_id), flagged_in(event_id), latest, latest_posts(threads, LATEST))
