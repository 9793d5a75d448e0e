"""How many pairs share a room: counted, at the very least, and in a random deal."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from math import comb


def fewest_pairs(size: int, rooms: int) -> int:
    """The fewest pairs that a group of `size` makes in `rooms` rooms: those of an even split.

    C(x, 2) is convex, so no split makes fewer pairs than the one whose parts differ by at most one.
    """
    quotient, remainder = divmod(size, rooms)
    return remainder * comb(quotient + 1, 2) + (rooms - remainder) * comb(quotient, 2)


def pairs_bound(labels: Iterable[Hashable | None], rooms: int) -> int:
    """The fewest pairs of one label that any assignment to `rooms` rooms can have."""
    return sum(fewest_pairs(size, rooms) for size in _group_sizes(labels))


def pairs_within(labels: Sequence[Hashable | None], rooms: Sequence[int]) -> int:
    """The pairs of people with the same label in the same room; None is no label."""
    cells = Counter(
        (label, room) for label, room in zip(labels, rooms, strict=True) if label is not None
    )
    return sum(comb(count, 2) for count in cells.values())


def pairs_expected(labels: Sequence[Hashable | None], room_sizes: Sequence[int]) -> float:
    """The expected pairs when everybody is dealt at random to rooms of these sizes.

    By linearity of expectation: pairs of one label, times the chance of a pair to share a room.
    """
    pairs = comb(len(labels), 2)
    if not pairs:
        return 0.0
    chance = sum(comb(size, 2) for size in room_sizes) / pairs
    return chance * sum(comb(size, 2) for size in _group_sizes(labels))


def _group_sizes(labels: Iterable[Hashable | None]) -> Iterable[int]:
    return Counter(label for label in labels if label is not None).values()
