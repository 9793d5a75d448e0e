"""Reads of flash polls."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.events.models import AgendaItem, Participant
from app.extensions import db
from app.livepolls.models import Aspect, Concern, ConcernSupport, FlashPoll, Suggestion
from app.livepolls.permissions import visible_to_all


@dataclass(frozen=True)
class ConcernCard:
    """A concern as it is shown: with the number of people who said *me too*."""

    concern: Concern
    supports: int
    author: str  # for moderators


@dataclass(frozen=True)
class AspectCard:
    """An aspect as it is shown: with its concerns, and the number of distinct people behind it."""

    aspect: Aspect
    cards: Sequence[ConcernCard]
    voices: int


@dataclass(frozen=True)
class SuggestionCard:
    """A suggestion as it is shown, without what has been sorted in the meantime."""

    suggestion: Suggestion
    cards: Sequence[ConcernCard]
    voices: int


@dataclass(frozen=True)
class Board:
    """All that a moderator sorts."""

    poll: FlashPoll
    aspects: Sequence[AspectCard]  # most voices first
    loose: Sequence[ConcernCard]  # in no aspect yet
    suggestions: Sequence[SuggestionCard]


def poll_of(item: AgendaItem) -> FlashPoll | None:
    """The poll of an agenda item."""
    return db.session.scalar(select(FlashPoll).where(FlashPoll.item_id == item.id))


def latest_frozen_poll(event_id: int) -> FlashPoll | None:
    """The poll whose aspects are the event's topics."""
    return db.session.scalar(
        select(FlashPoll)
        .where(FlashPoll.event_id == event_id, FlashPoll.frozen_at.is_not(None))
        .order_by(FlashPoll.frozen_at.desc())
        .limit(1)
    )


def chosen_aspects(event_id: int) -> Sequence[Aspect]:
    """The event's topics, in their order."""
    poll = latest_frozen_poll(event_id)
    return [a for a in poll.aspects if a.chosen] if poll else []


def cards(*conditions: ColumnElement[bool]) -> list[ConcernCard]:
    """The concerns that meet the conditions, with their counts, oldest first: one query."""
    supports = (
        select(ConcernSupport.concern_id, func.count().label("n"))
        .group_by(ConcernSupport.concern_id)
        .subquery()
    )
    rows = db.session.execute(
        select(Concern, func.coalesce(supports.c.n, 0), Participant.name)
        .outerjoin(supports, supports.c.concern_id == Concern.id)
        .outerjoin(Participant, Participant.id == Concern.participant_id)
        .where(*conditions)
        .order_by(Concern.id)
    )
    return [ConcernCard(concern, n, name or "") for concern, n, name in rows]


def cards_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These concerns as contexts of their cards, withdrawn ones left out."""
    found = cards(Concern.id.in_(ids), Concern.withdrawn_at.is_(None))
    return {
        card.concern.id: {"card": card, "poll": card.concern.poll, "poll_id": card.concern.poll_id}
        for card in found
    }


def hall_cards(poll: FlashPoll) -> list[ConcernCard]:
    """The concerns of a poll that everybody may see."""
    return cards(Concern.poll_id == poll.id, visible_to_all())


def own_cards(person: Participant, poll_ids: Sequence[int] | None = None) -> list[ConcernCard]:
    """What this person has voiced in the event."""
    conditions = [Concern.participant_id == person.id, Concern.withdrawn_at.is_(None)]
    if poll_ids is not None:
        conditions.append(Concern.poll_id.in_(poll_ids))
    return cards(*conditions)


def supported_by(person: Participant) -> Sequence[int]:
    """The concerns that this person supports."""
    return db.session.scalars(
        select(ConcernSupport.concern_id).where(ConcernSupport.participant_id == person.id)
    ).all()


def voices(poll: FlashPoll) -> Mapping[int, set[int]]:
    """The distinct people behind each concern: its author and its supporters."""
    people: dict[int, set[int]] = defaultdict(set)
    authors = db.session.execute(
        select(Concern.id, Concern.participant_id).where(
            Concern.poll_id == poll.id, Concern.participant_id.is_not(None)
        )
    )
    supporters = db.session.execute(
        select(ConcernSupport.concern_id, ConcernSupport.participant_id)
        .join(Concern, Concern.id == ConcernSupport.concern_id)
        .where(Concern.poll_id == poll.id)
    )
    for rows in (authors, supporters):
        for concern_id, participant_id in rows:
            people[concern_id].add(participant_id)  # type: ignore[arg-type]
    return people


def _voices_of(group: Iterable[ConcernCard], people: Mapping[int, set[int]]) -> int:
    return len(set().union(*(people.get(card.concern.id, set()) for card in group)))


def aspect_cards(poll: FlashPoll, shown: Sequence[ConcernCard]) -> list[AspectCard]:
    """The aspects of a poll with those of the shown concerns in them, most voices first."""
    people = voices(poll)
    members: dict[int | None, list[ConcernCard]] = defaultdict(list)
    for card in shown:
        members[card.concern.aspect_id].append(card)
    gathered = [
        AspectCard(aspect, members[aspect.id], _voices_of(members[aspect.id], people))
        for aspect in poll.aspects
    ]
    if poll.is_frozen:
        return sorted(gathered, key=lambda c: (not c.aspect.chosen, c.aspect.position, -c.voices))
    return sorted(gathered, key=lambda c: (-c.voices, c.aspect.id))


def loose_cards(shown: Sequence[ConcernCard]) -> list[ConcernCard]:
    """Those of the shown concerns that are in no aspect."""
    return [card for card in shown if card.concern.aspect_id is None]


def board(poll: FlashPoll) -> Board:
    """The moderators' board."""
    everything = cards(Concern.poll_id == poll.id, Concern.withdrawn_at.is_(None))
    visible = [card for card in everything if not card.concern.is_hidden]
    loose = loose_cards(everything)
    sortable = {card.concern.id: card for card in loose if not card.concern.is_hidden}
    people = voices(poll)
    suggestions = []
    for suggestion in db.session.scalars(
        select(Suggestion).where(Suggestion.poll_id == poll.id).order_by(Suggestion.id)
    ):
        members = [sortable[id] for id in suggestion.concern_ids if id in sortable]
        if len(members) > (0 if suggestion.aspect_id else 1):
            card = SuggestionCard(suggestion, members, _voices_of(members, people))
            suggestions.append(card)
    return Board(poll, aspect_cards(poll, visible), loose, suggestions)


def has_suggestions(poll: FlashPoll) -> bool:
    """Whether suggestions wait beside the board."""
    query = select(Suggestion.id).where(Suggestion.poll_id == poll.id).limit(1)
    return db.session.scalar(query) is not None


def poll_counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """How many concerns these polls have, by how many people."""
    rows = db.session.execute(
        select(Concern.poll_id, func.count(), func.count(func.distinct(Concern.participant_id)))
        .where(Concern.poll_id.in_(ids), Concern.withdrawn_at.is_(None))
        .group_by(Concern.poll_id)
    )
    counts = {poll_id: (concerns, people) for poll_id, concerns, people in rows}
    return {
        id: {
            "poll_id": id,
            "concern_count": counts.get(id, (0, 0))[0],
            "author_count": counts.get(id, (0, 0))[1],
        }
        for id in ids
    }
