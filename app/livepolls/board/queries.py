"""Reads of the board: all of it for a page, or what has changed of it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Integer, func, literal, select, union_all

from app.extensions import db
from app.livepolls.board.log import LogLine, lines
from app.livepolls.board.models import Suggestion
from app.livepolls.board.states import snapshot
from app.livepolls.models import Aspect, Concern, ConcernSupport, FlashPoll
from app.livepolls.queries import (
    AspectCard,
    ConcernCard,
    aspect_cards,
    cards,
    in_order,
    polls_by_id,
    voices,
)

Context = dict[str, Any]


@dataclass(frozen=True)
class SuggestionCard:
    """A suggestion as it is shown, without what has been sorted in the meantime."""

    suggestion: Suggestion
    cards: Sequence[ConcernCard]
    voices: int


@dataclass(frozen=True)
class Figures:
    """An aspect, and what stands behind it."""

    aspect: Aspect
    voices: int  # distinct people
    answers: int
    supports: int


@dataclass(frozen=True)
class Board:
    """All that a moderator sorts."""

    poll: FlashPoll
    aspects: Sequence[AspectCard]  # most voices first
    loose: Sequence[ConcernCard]  # in no aspect yet
    late: Sequence[ConcernCard]  # came after the choice
    aside: Sequence[ConcernCard]  # off-topic or hidden
    waiting: Sequence[ConcernCard]  # to be read before everybody sees them
    suggestions: Sequence[SuggestionCard]
    log: Sequence[LogLine]

    @staticmethod
    def found(given: Sequence[ConcernCard], query: str) -> list[ConcernCard]:
        """Those with all the words in them; pages with scripts look for themselves."""
        words = query.casefold().split()
        return [c for c in given if all(word in c.concern.text.casefold() for word in words)]


def board(poll: FlashPoll) -> Board:
    """The moderators' board."""
    everything = cards(Concern.poll_id == poll.id, Concern.withdrawn_at.is_(None))
    visible = [card for card in everything if not card.concern.is_hidden]
    unsorted = [card for card in visible if card.concern.is_unsorted]
    late = [card for card in unsorted if card.concern.is_late(poll)]
    return Board(
        poll,
        aspect_cards(poll, visible),
        [card for card in unsorted if card not in late],
        late,
        [c for c in everything if c.concern.is_aside and not c.concern.is_waiting],
        [card for card in everything if card.concern.is_waiting],
        suggestion_cards(poll, unsorted),
        lines(poll, snapshot(poll)),
    )


def suggestion_cards(poll: FlashPoll, unsorted: Sequence[ConcernCard]) -> list[SuggestionCard]:
    """The suggestions that still have enough unsorted members, as they are shown."""
    rows = db.session.scalars(
        select(Suggestion).where(Suggestion.poll_id == poll.id).order_by(Suggestion.id)
    ).all()
    people = voices(poll) if rows else {}
    by_id = {card.concern.id: card for card in unsorted}
    found = [_suggestion_card(row, by_id, people) for row in rows]
    return [card for card in found if len(card.cards) >= card.suggestion.fewest]


def _suggestion_card(
    suggestion: Suggestion, unsorted: Mapping[int, ConcernCard], people: Mapping[int, set[int]]
) -> SuggestionCard:
    members = [unsorted[id] for id in suggestion.concern_ids if id in unsorted]
    behind = set().union(*(people.get(card.concern.id, set()) for card in members))
    return SuggestionCard(suggestion, members, len(behind))


def has_suggestions(poll: FlashPoll) -> bool:
    """Whether suggestions wait beside the board."""
    query = select(Suggestion.id).where(Suggestion.poll_id == poll.id).limit(1)
    return db.session.scalar(query) is not None


def suggestions_by_id(ids: Sequence[int]) -> dict[int, Context]:
    """These suggestions as they are shown; those without enough members are left out."""
    polls = db.session.scalars(
        select(FlashPoll)
        .join(Suggestion, Suggestion.poll_id == FlashPoll.id)
        .where(Suggestion.id.in_(ids))
        .distinct()
    ).all()
    shown = [(poll, card) for poll in polls for card in suggestion_cards(poll, _unsorted(poll))]
    return {
        card.suggestion.id: {"suggestion_card": card, "poll": poll, "poll_id": poll.id}
        for poll, card in shown
        if card.suggestion.id in ids
    }


def suggestions_of_polls(ids: Sequence[int]) -> dict[int, Context]:
    """All suggestions of these polls."""
    polls = {id: context["poll"] for id, context in polls_by_id(ids).items()}
    return {
        id: {"poll": poll, "suggestions": suggestion_cards(poll, _unsorted(poll))}
        for id, poll in polls.items()
    }


def _unsorted(poll: FlashPoll) -> list[ConcernCard]:
    return cards(
        Concern.poll_id == poll.id,
        Concern.shown(),
        Concern.aspect_id.is_(None),
        Concern.off_topic_at.is_(None),
    )


def columns_by_id(ids: Sequence[int]) -> dict[int, Context]:
    """New aspects, still without their cards: those lie elsewhere on the page, and come along."""
    aspects = db.session.scalars(select(Aspect).where(Aspect.id.in_(ids))).all()
    found = figures(aspects)
    return {
        aspect.id: {
            "head": found[aspect.id],
            "rank": 1,
            "cards": [],
            "poll": aspect.poll,
            "poll_id": aspect.poll_id,
        }
        for aspect in aspects
    }


def heads_of_polls(ids: Sequence[int]) -> dict[int, Context]:
    """What stands above the concerns of each aspect of these polls, in their order."""
    polls = polls_by_id(ids)
    aspects = db.session.scalars(select(Aspect).where(Aspect.poll_id.in_(ids))).all()
    found: dict[int, list[Figures]] = defaultdict(list)
    for each in figures(aspects).values():
        found[each.aspect.poll_id].append(each)
    return {
        id: {"poll": context["poll"], "heads": in_order(context["poll"], found[id])}
        for id, context in polls.items()
    }


def targets_of_polls(ids: Sequence[int]) -> dict[int, Context]:
    """The aspects of these polls that concerns can be moved into, by their titles."""
    return {
        id: context | {"targets": targets(context["poll"])}
        for id, context in polls_by_id(ids).items()
    }


def targets(poll: FlashPoll) -> list[Aspect]:
    """The aspects of a poll that concerns can be moved into, by their titles."""
    return sorted(poll.aspects, key=lambda aspect: (aspect.title.casefold(), aspect.id))


def figures_by_id(ids: Sequence[int]) -> dict[int, Context]:
    """What stands behind these aspects."""
    aspects = db.session.scalars(select(Aspect).where(Aspect.id.in_(ids))).all()
    return {id: {"head": head} for id, head in figures(aspects).items()}


def figures(aspects: Iterable[Aspect]) -> dict[int, Figures]:
    """Distinct people, answers and *me too* of these aspects: one query, counted there."""
    given = {aspect.id: aspect for aspect in aspects}
    people = _people_of(list(given))
    rows = db.session.execute(
        select(
            people.c.aspect_id,
            func.count(func.distinct(people.c.person)),
            func.count(),
            func.sum(people.c.support),
        ).group_by(people.c.aspect_id)
    )
    counts = {id: (voices, all_ - supports, supports) for id, voices, all_, supports in rows}
    return {id: Figures(aspect, *counts.get(id, (0, 0, 0))) for id, aspect in given.items()}


def _people_of(aspect_ids: Sequence[int]) -> Any:
    shown = (Concern.aspect_id.in_(aspect_ids), Concern.shown())
    authors = select(
        Concern.aspect_id.label("aspect_id"),
        Concern.participant_id.label("person"),
        literal(0, Integer).label("support"),
    ).where(*shown)
    supporters = (
        select(Concern.aspect_id, ConcernSupport.participant_id, literal(1, Integer))
        .join(ConcernSupport, ConcernSupport.concern_id == Concern.id)
        .where(*shown)
    )
    return union_all(authors, supporters).subquery()


def logs_of_polls(ids: Sequence[int]) -> dict[int, Context]:
    """The latest gestures on these polls' boards."""
    return {
        id: context | {"log": lines(context["poll"], snapshot(context["poll"]))}
        for id, context in polls_by_id(ids).items()
    }


def other_home(concern: Concern) -> Aspect | None:
    """The aspect that a mark names for the other half of what may be two concerns."""
    told = select(Suggestion.near).where(Suggestion.poll_id == concern.poll_id)
    marks = (near.get(str(concern.id)) for near in db.session.scalars(told))
    head = next((mark["concern"] for mark in marks if mark and mark["double"]), None)
    other = head and db.session.get(Concern, head)
    return other.aspect if other else None
