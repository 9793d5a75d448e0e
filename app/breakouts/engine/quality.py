"""How good an assignment is, counted independently of how it was found."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from app.breakouts.engine.bounds import pairs_bound, pairs_expected, pairs_within

Labels = Sequence[Hashable | None]  # one for each person


@dataclass(frozen=True)
class PairCount:
    """Pairs that share a room: in this plan, at least, and as expected in a random deal."""

    got: int
    bound: int | None
    random: float
    reason: str | None = None  # why there is no bound


@dataclass(frozen=True)
class Figures:
    """How good a plan is; `size_spread` is the largest room less the smallest, in people."""

    size_spread: int
    same_municipality_pairs: PairCount
    repeated_meetings: PairCount
    seconds: float = field(compare=False)
    further_pairs: tuple[PairCount, ...] = ()  # one for each of what else people are mixed by


def figures(
    rooms: Sequence[int],
    room_count: int,
    municipalities: Labels,
    history: Sequence[Labels],
    further: Sequence[Labels],
    *,
    reason: str | None,
    seconds: float,
) -> Figures:
    """The figures of an assignment, given as each person's room; without bounds for a reason."""
    taken = Counter(rooms)
    sizes = [taken[room] for room in range(room_count)]
    return Figures(
        size_spread=max(sizes, default=0) - min(sizes, default=0),
        same_municipality_pairs=_count([municipalities], rooms, sizes, reason),
        repeated_meetings=_count(history, rooms, sizes, reason),
        seconds=round(seconds, 3),
        further_pairs=tuple(_count([labels], rooms, sizes, reason) for labels in further),
    )


def _count(
    groupings: Sequence[Labels], rooms: Sequence[int], sizes: Sequence[int], reason: str | None
) -> PairCount:
    bound = sum(pairs_bound(labels, len(sizes)) for labels in groupings)
    return PairCount(
        got=sum(pairs_within(labels, rooms) for labels in groupings),
        bound=None if reason else bound,
        random=round(sum(pairs_expected(labels, sizes) for labels in groupings), 1),
        reason=reason,
    )
