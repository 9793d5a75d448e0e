"""Answers that hold two concerns: one part is like one group, another like another one."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.livepolls.grouping.meaning import Matrix, Meaning
from app.livepolls.grouping.parts import parts
from app.livepolls.grouping.residuals import common, unit
from app.livepolls.grouping.similarity import weighed

FEWEST = 20
"""Texts: among fewer, who is like whom says too little about a part of one."""

LEAST = 0.13
"""Cosine with the best group, and how far it is ahead of the next, for a part to be of that group.

Of answers made of two of different aspects a quarter are found, and two in a hundred of what
people really wrote are marked (`bench/doubts.py`).
"""


def doubles(
    meaning: Meaning, question: str, texts: Sequence[str], groups: Sequence[Sequence[int]]
) -> dict[int, int]:
    """The texts of which one part is like their own group and one like another: with that one."""
    said = [(item, part) for item, text in enumerate(texts) for part in parts(text)]
    if len(texts) < FEWEST or not said:
        return {}
    owners = np.array([item for item, _part in said])
    alike = _alike(meaning, question, texts, [part for _item, part in said])
    near: dict[int, list[int]] = {}
    for item, group in zip(owners.tolist(), _groups_of(alike, owners, groups), strict=True):
        if group is not None and group not in near.setdefault(item, []):
            near[item].append(group)
    others = {
        item: [group for group in found if item not in groups[group]]
        for item, found in near.items()
    }
    return {item: found[0] for item, found in others.items() if 0 < len(found) < len(near[item])}


def _alike(meaning: Meaning, question: str, texts: Sequence[str], said: Sequence[str]) -> Matrix:
    """How alike parts are to texts, by whom else they are like: shape (parts, texts)."""
    vectors = meaning.vectors(question, [*texts, "", *said])
    whole, empty, cut = np.split(vectors, [len(texts), len(texts) + 1])
    shared = common(whole, empty[0], texts)
    rows = weighed(meaning, shared.without(whole, texts))
    pieces = weighed(meaning, shared.without(cut, said))
    return np.asarray(unit(pieces @ rows.T) @ unit(rows @ rows.T).T)


def _groups_of(
    alike: Matrix, owners: NDArray[np.intp], groups: Sequence[Sequence[int]]
) -> list[int | None]:
    """The group that each part is clearly like, without the text that it is part of."""
    member = np.zeros((alike.shape[1], len(groups)))
    for number, items in enumerate(groups):
        member[items, number] = 1
    own = member[owners]
    others = member.sum(axis=0) - own
    sums = alike @ member - alike[np.arange(len(owners)), owners][:, None] * own
    means = np.where(others > 1, sums / np.maximum(others, 1), -1.0)
    ahead = np.sort(np.column_stack([np.full(len(means), -1.0), means]), axis=1)
    clear = (ahead[:, -1] > LEAST) & (ahead[:, -1] - ahead[:, -2] > LEAST)
    return [
        int(best) if is_so else None for best, is_so in zip(means.argmax(1), clear, strict=True)
    ]
