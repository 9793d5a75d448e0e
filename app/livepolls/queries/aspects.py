"""Aspects as they are shown: with their concerns and voices, in their order."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from app.livepolls.models import Aspect, FlashPoll
from app.livepolls.queries.cards import ConcernCard
from app.livepolls.queries.polls import latest_frozen_poll, voices


@dataclass(frozen=True)
class AspectCard:
    """An aspect as it is shown: with its concerns, and the number of distinct people behind it."""

    aspect: Aspect
    cards: Sequence[ConcernCard]
    voices: int

    @property
    def answers(self) -> int:
        """How many concerns are in it."""
        return len(self.cards)

    @property
    def supports(self) -> int:
        """How often somebody said *me too* to one of them."""
        return sum(card.supports for card in self.cards)


def chosen_aspects(event_id: int) -> Sequence[Aspect]:
    """The event's topics, in their order."""
    poll = latest_frozen_poll(event_id)
    return [a for a in poll.aspects if a.chosen] if poll else []


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
    return in_order(poll, gathered)


class Counted(Protocol):
    """An aspect with the number of people behind it."""

    @property
    def aspect(self) -> Aspect:
        """The aspect."""
        ...

    @property
    def voices(self) -> int:
        """The people."""
        ...


AnyCounted = TypeVar("AnyCounted", bound=Counted)


def in_order(poll: FlashPoll, counted: Iterable[AnyCounted]) -> list[AnyCounted]:
    """Aspects with most voices first; once they are chosen, as they were chosen."""
    if poll.is_frozen:
        return sorted(counted, key=lambda c: (not c.aspect.chosen, c.aspect.position, -c.voices))
    return sorted(counted, key=lambda c: (-c.voices, c.aspect.id))
