"""How well proposed groups match the true aspects: the usual measures of two clusterings.

All take two label sequences of equal length, item by item: `truth` and `proposal`. 1 is best.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import astuple, dataclass
from math import comb

Labels = Sequence[Hashable]


@dataclass(frozen=True)
class Score:
    """The four measures of one proposal, or their means over several."""

    pair_f1: float
    bcubed: float
    ari: float
    top_k: float


def score(truth: Labels, proposal: Labels, k: int = 6) -> Score:
    """All four measures of a proposal."""
    if len(truth) != len(proposal):
        raise ValueError(f"{len(truth)} true labels, but {len(proposal)} proposed ones")
    return Score(
        pair_f1(truth, proposal),
        bcubed(truth, proposal),
        adjusted_rand_index(truth, proposal),
        top_k_recall(truth, proposal, k),
    )


def mean_score(scores: Sequence[Score]) -> Score:
    """The mean of each measure."""
    columns = zip(*map(astuple, scores), strict=True)
    return Score(*(sum(column) / len(scores) for column in columns))


def pair_f1(truth: Labels, proposal: Labels) -> float:
    """F1 of the pairs put together; 1 if neither side has a pair."""
    either = _pairs(truth) + _pairs(proposal)
    return 2 * _common_pairs(truth, proposal) / either if either else 1.0


def adjusted_rand_index(truth: Labels, proposal: Labels) -> float:
    """Agreement of pairs beyond chance (Hubert & Arabie 1985)."""
    all_pairs = comb(len(truth), 2)
    together = _pairs(truth), _pairs(proposal)
    expected = together[0] * together[1] / all_pairs if all_pairs else 0.0
    most = sum(together) / 2
    if most == expected:
        return 1.0
    return (_common_pairs(truth, proposal) - expected) / (most - expected)


def bcubed(truth: Labels, proposal: Labels) -> float:
    """F1 of precision and recall averaged over items (Bagga & Baldwin 1998); 1 for no items."""
    if not truth:
        return 1.0
    shared = Counter(zip(truth, proposal, strict=True))
    true_sizes, proposed_sizes = Counter(truth), Counter(proposal)
    precision = sum(n * n / proposed_sizes[cluster] for (_, cluster), n in shared.items())
    recall = sum(n * n / true_sizes[aspect] for (aspect, _), n in shared.items())
    return 2 * precision * recall / (precision + recall) / len(truth)


def top_k_recall(truth: Labels, proposal: Labels, k: int = 6) -> float:
    """Share of the k most frequent aspects that the k largest groups of two or more recover.

    A group recovers an aspect that is more than half of the group and of which it holds at least
    half. Of aspects that tie for the last places any count; aspects of one concern never do, and
    where fewer than k remain, k is that number.
    """
    sizes = Counter(truth)
    frequent = sorted((n for n in sizes.values() if n >= 2), reverse=True)[:k]
    if not frequent:
        return 1.0
    found = {sizes[a]: 0 for a in sizes}
    for aspect in _recovered(truth, proposal, len(frequent)):
        found[sizes[aspect]] += 1
    last = frequent[-1]
    sure = sum(n for size, n in found.items() if size > last)
    return (sure + min(found[last], frequent.count(last))) / len(frequent)


def _recovered(truth: Labels, proposal: Labels, k: int) -> set[Hashable]:
    members: dict[Hashable, list[Hashable]] = {}
    for aspect, cluster in zip(truth, proposal, strict=True):
        members.setdefault(cluster, []).append(aspect)
    # Sorting is stable: of equally large groups the one seen first comes first.
    groups = sorted((m for m in members.values() if len(m) >= 2), key=len, reverse=True)[:k]
    sizes = Counter(truth)
    majorities = [(Counter(group).most_common(1)[0], len(group)) for group in groups]
    return {a for (a, n), size in majorities if n > size / 2 and n >= sizes[a] / 2}


def _pairs(labels: Labels) -> int:
    return sum(comb(n, 2) for n in Counter(labels).values())


def _common_pairs(truth: Labels, proposal: Labels) -> int:
    return _pairs(list(zip(truth, proposal, strict=True)))
