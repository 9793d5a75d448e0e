"""How surely each concern belongs where it stands, and where it would stand otherwise."""

from dataclasses import dataclass

import numpy as np

from app.livepolls.grouping.clustering import Labels, Matrix
from app.livepolls.grouping.constraints import Blocks


@dataclass(frozen=True)
class Margin:
    """How certainty follows from how much more a concern is like its group than like the next.

    At a margin of `even` half of such concerns stand right; `steepness` says how fast that changes.
    """

    even: float
    steepness: float

    def certainty(self, margin: float) -> float:
        """The chance that a concern of this margin stands right."""
        return float(1 / (1 + np.exp(-self.steepness * (margin - self.even))))


@dataclass(frozen=True)
class Place:
    """How surely a concern stands right, and the label of the group that it is nearest to else."""

    certainty: float
    nearest: int | None


def places(similarity: Matrix, labels: Labels, bound: Blocks, margin: Margin) -> list[Place]:
    """The place of each item; what is bound to others is certain of it."""
    groups = np.flatnonzero(np.bincount(labels) > 1)
    pulls = _pulls(similarity, labels, groups)
    _forbid(pulls, labels, bound, groups)
    is_bound = np.bincount(bound.of_item)[bound.of_item] > 1
    made = []
    for item, row in enumerate(pulls):
        own, rest = row[groups == labels[item]], np.where(groups == labels[item], -np.inf, row)
        best = float(rest.max(initial=-np.inf))
        ahead = float(own.sum()) - max(best, 0.0)
        certainty = 1.0 if is_bound[item] else margin.certainty(ahead)
        made.append(Place(certainty, int(groups[rest.argmax()]) if best > -np.inf else None))
    return made


def _pulls(similarity: Matrix, labels: Labels, groups: Labels) -> Matrix:
    """Mean similarity of each item to the others of each group, shape (items, groups)."""
    member = (labels[:, None] == groups).astype(float)
    others = np.maximum(member.sum(axis=0) - member, 1)
    return np.asarray((similarity @ member - np.diag(similarity)[:, None] * member) / others)


def _forbid(pulls: Matrix, labels: Labels, bound: Blocks, groups: Labels) -> None:
    """What must be apart from some of a group can't be near to it."""
    for pair in bound.apart:
        for block, rival in (pair, pair[::-1]):
            there = groups == labels[bound.of_item == rival][0]
            pulls[np.ix_(bound.of_item == block, there)] = -np.inf
