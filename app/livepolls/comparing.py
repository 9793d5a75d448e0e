"""The rounds of a flash poll, side by side: each is a poll of its own, and stays as it was."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.extensions import db
from app.livepolls.board.queries import Figures, figures
from app.livepolls.models import Aspect, FlashPoll, PollState
from app.livepolls.queries import poll_counts

Key = tuple[str, int]  # a title, and which one of that title


@dataclass(frozen=True)
class Round:
    """One of the rounds: how much was said, and what stood behind each aspect that was chosen."""

    poll: FlashPoll
    concerns: int
    people: int
    aspects: Mapping[Key, Figures]  # in the order in which they were chosen


@dataclass(frozen=True)
class Row:
    """An aspect in all rounds: known again by its title."""

    title: str
    figures: Sequence[Figures | None]  # none where nobody found it


@dataclass(frozen=True)
class Comparison:
    """The rounds up to one of them that are over, the oldest first."""

    rounds: Sequence[Round]

    @property
    def rows(self) -> list[Row]:
        """All aspects that were chosen in any of them."""
        titles = {key: each for round in self.rounds for key, each in round.aspects.items()}
        return [
            Row(each.aspect.title, [round.aspects.get(key) for round in self.rounds])
            for key, each in titles.items()
        ]


def rounds_until(poll: FlashPoll) -> list[FlashPoll]:
    """This poll, and before it those that it follows."""
    found = [poll]
    while found[0].round > 1:
        query = select(FlashPoll).where(FlashPoll.next_id == found[0].id)
        before = db.session.scalar(query)
        if before is None:
            break
        found.insert(0, before)
    return found


def all_rounds(poll: FlashPoll) -> list[FlashPoll]:
    """All rounds in which a question was asked, the oldest first."""
    found = rounds_until(poll)
    while found[-1].following is not None:
        found.append(found[-1].following)
    return found


def comparison(poll: FlashPoll) -> Comparison | None:
    """What a poll can be compared with; none if it is the first round.

    An open round is left out: its figures change with every concern, and pages would lag behind.
    Aspects are told as soon as they are chosen: before, they are the moderators' drafts.
    """
    if poll.round == 1:
        return None
    polls = [each for each in rounds_until(poll) if each.state == PollState.CLOSED]
    counts = poll_counts([each.id for each in polls])
    chosen = {p.id: [a for a in p.aspects if a.chosen] if p.is_frozen else [] for p in polls}
    found = figures([aspect for aspects in chosen.values() for aspect in aspects])
    rounds = [
        Round(
            each,
            counts[each.id]["concern_count"],
            counts[each.id]["author_count"],
            _by_title(chosen[each.id], found),
        )
        for each in polls
    ]
    return Comparison(rounds) if rounds else None


def _by_title(aspects: Iterable[Aspect], found: Mapping[int, Figures]) -> dict[Key, Figures]:
    """Of two of one title each is known by which one it is."""
    seen: Counter[str] = Counter()
    by_title = {}
    for aspect in aspects:
        title = aspect.title.casefold()
        by_title[title, seen[title]] = found[aspect.id]
        seen[title] += 1
    return by_title
