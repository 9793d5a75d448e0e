"""Reads of proposals and official answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from app.accounts.models import Account
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Post
from app.forums.queries import latest_posts
from app.livepolls.models import Aspect
from app.livepolls.queries import chosen_aspects
from app.proposals.models import OfficialAnswer, Proposal, ProposalSupport, is_taking
from app.proposals.permissions import visible_to_all

LATEST = 12  # how many of the newest a moderator sees at once


@dataclass(frozen=True)
class ProposalCard:
    """A proposal as it is shown: with the numbers of supporters and of comments."""

    proposal: Proposal
    supports: int
    comments: int


@dataclass(frozen=True)
class AnswerCard:
    """An official answer as it is shown."""

    answer: OfficialAnswer
    function: str  # of its author, as the account says it


@dataclass(frozen=True)
class Answers:
    """The official answers to one thing, and the id of the element that holds them."""

    element_id: str
    cards: Sequence[AnswerCard]


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
    latest: Sequence[ProposalCard]
    comments: Sequence[Post]


_supports: Any = (
    select(func.count())
    .where(ProposalSupport.proposal_id == Proposal.id)
    .correlate(Proposal)
    .scalar_subquery()
)
_comments: Any = (
    select(func.count())
    .where(
        Post.thread_id == Proposal.thread_id,
        Post.withdrawn_at.is_(None),
        Post.hidden_at.is_(None),
    )
    .correlate(Proposal)
    .scalar_subquery()
)


def _cards(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(Proposal, _supports, _comments)
        .options(joinedload(Proposal.author), joinedload(Proposal.aspect))
        .where(Proposal.withdrawn_at.is_(None), *conditions)
    )


def _as_cards(query: Select[Any]) -> list[ProposalCard]:
    return [ProposalCard(*row) for row in db.session.execute(query)]


def card_of(proposal: Proposal) -> ProposalCard:
    """A proposal with its numbers."""
    return _as_cards(_cards(Proposal.id == proposal.id))[0]


def cards_of(aspect_ids: Sequence[int]) -> list[ProposalCard]:
    """The proposals under these aspects that everybody sees, newest first: one query."""
    shown = _cards(Proposal.aspect_id.in_(aspect_ids), visible_to_all())
    return _as_cards(shown.order_by(Proposal.id.desc()))


def cards_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These proposals as contexts of their cards, withdrawn ones left out."""
    return {
        card.proposal.id: {"card": card, "aspect_id": card.proposal.aspect_id}
        for card in _as_cards(_cards(Proposal.id.in_(ids)))
    }


def _answers(
    column: InstrumentedAttribute[int | None], element: str, ids: Iterable[int]
) -> dict[int, Answers]:
    wanted = list(ids)
    gathered: dict[int, list[AnswerCard]] = {id: [] for id in wanted}
    rows = db.session.execute(
        select(column, OfficialAnswer, func.coalesce(Account.function, ""))
        .outerjoin(Participant, Participant.id == OfficialAnswer.participant_id)
        .outerjoin(Account, Account.id == Participant.account_id)
        .options(joinedload(OfficialAnswer.author))
        .where(
            column.in_(wanted),
            OfficialAnswer.withdrawn_at.is_(None),
            OfficialAnswer.hidden_at.is_(None),
        )
        .order_by(OfficialAnswer.id)
    )
    for subject_id, answer, function in rows:
        gathered[subject_id or 0].append(AnswerCard(answer, function))
    return {id: Answers(f"{element}-{id}", cards) for id, cards in gathered.items()}


def answers_by_aspect(aspect_ids: Iterable[int]) -> dict[int, Answers]:
    """The official answers to each of these aspects: one query."""
    return _answers(OfficialAnswer.aspect_id, "answers", aspect_ids)


def answers_by_report(report_ids: Iterable[int]) -> dict[int, Answers]:
    """The official answers to what each of these rooms asks for: one query."""
    return _answers(OfficialAnswer.report_id, "report-answers", report_ids)


def sections(event_id: int) -> list[Section]:
    """The chosen aspects with answers and proposals."""
    return sections_of(chosen_aspects(event_id))


def sections_of(aspects: Sequence[Aspect]) -> list[Section]:
    """These aspects with answers and proposals."""
    ids = [aspect.id for aspect in aspects]
    answers = answers_by_aspect(ids)
    cards: dict[int, list[ProposalCard]] = {id: [] for id in ids}
    for card in cards_of(ids):
        cards[card.proposal.aspect_id].append(card)
    return [Section(a, answers[a.id], cards[a.id], is_taking(a)) for a in aspects]


def tallies(event_id: int) -> list[Tally]:
    """How much there is under each chosen aspect, in numbers."""
    aspects = chosen_aspects(event_id)
    ids = [aspect.id for aspect in aspects]
    answers = answers_by_aspect(ids)
    rows = db.session.execute(
        select(Proposal.aspect_id, func.count(), func.sum(_supports))
        .where(Proposal.aspect_id.in_(ids), visible_to_all())
        .group_by(Proposal.aspect_id)
    )
    numbers = {aspect_id: (count, int(supports)) for aspect_id, count, supports in rows}
    return [
        Tally(aspect, *numbers.get(aspect.id, (0, 0)), answers=len(answers[aspect.id].cards))
        for aspect in aspects
    ]


def overview(event_id: int) -> Overview:
    """What moderators keep an eye on: numbers, and the newest proposals and comments."""
    ids = [aspect.id for aspect in chosen_aspects(event_id)]
    under = Proposal.aspect_id.in_(ids)
    latest = _as_cards(_cards(under).order_by(Proposal.id.desc()).limit(LATEST))
    threads = db.session.scalars(select(Proposal.thread_id).where(under)).all()
    return Overview(tallies(event_id), latest, latest_posts(threads, LATEST))


def own_proposals(person: Participant) -> Sequence[Proposal]:
    """What this person has proposed and not withdrawn."""
    return db.session.scalars(
        select(Proposal)
        .where(Proposal.participant_id == person.id, Proposal.withdrawn_at.is_(None))
        .order_by(Proposal.id)
    ).all()


def own_answers(person: Participant) -> Sequence[OfficialAnswer]:
    """What this person has answered officially and not withdrawn."""
    return db.session.scalars(
        select(OfficialAnswer)
        .where(OfficialAnswer.participant_id == person.id, OfficialAnswer.withdrawn_at.is_(None))
        .order_by(OfficialAnswer.id)
    ).all()


def supported_by(person: Participant) -> Sequence[int]:
    """The proposals that this person supports."""
    return db.session.scalars(
        select(ProposalSupport.proposal_id).where(ProposalSupport.participant_id == person.id)
    ).all()
