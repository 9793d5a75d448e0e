"""Groups a poll's concerns into suggested aspects: data in, data out.

A suggestion depends on what was said and what a moderator has bound, never on the order in which
concerns arrived.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from app.livepolls.clustering import Matrix, cluster
from app.livepolls.constraints import Blocks, GroupingError, resolve
from app.livepolls.similarity import lexical_similarity

__all__ = ["WORDS", "Anchor", "Concern", "Group", "Grouping", "GroupingError", "Method", "group"]

TITLE_WORDS = range(3, 15)
"""Lengths of a good title in words: shorter ones say too little, longer ones are stories."""

_PRIOR_PAIRS = 50


@dataclass(frozen=True)
class Concern:
    """An answer to a flash poll, by one person and supported by others, if they are known."""

    id: str
    text: str
    by: str | None = None
    supporters: tuple[str, ...] = ()


@dataclass(frozen=True)
class Anchor:
    """An aspect that somebody has named, with the ids of the concerns it holds."""

    title: str
    concerns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """A suggested aspect; the ids of its concerns begin with the most typical one.

    `certainty`, from 0 to 1, estimates the share of its pairs that belong together, and for a
    concern alone how surely it is like no other.
    """

    title: str
    voices: int
    concerns: tuple[str, ...]
    certainty: float


@dataclass(frozen=True)
class Grouping:
    """All groups, most voices first, and the name of the method that found them."""

    method: str
    groups: tuple[Group, ...]
    k: int

    @property
    def proposal(self) -> tuple[Group, ...]:
        """The first k groups of two or more concerns."""
        return tuple(group for group in self.groups if len(group.concerns) > 1)[: self.k]


@dataclass(frozen=True)
class Method:
    """A measure of similarity, called with question, texts and language, and its constants.

    Concerns belong together above `threshold`, or above what is common in their poll if that is
    more. In a group whose mean similarity is `even_odds`, half of the pairs are taken to be right.
    """

    name: str
    similarity: Callable[[str, Sequence[str], str], Matrix]
    threshold: float
    even_odds: float


WORDS = Method(
    "words and character 4-5-grams, correlation clustering",
    lexical_similarity,
    threshold=0.015,  # the best for each five of the six example polls: `concerns table`
    even_odds=0.1,  # in the mean of their groups certainty and share of right pairs agree
)


def group(
    question: str,
    concerns: Iterable[Concern],
    *,
    lang: str,
    k: int = 6,
    together: Iterable[Sequence[str]] = (),
    apart: Iterable[Sequence[str]] = (),
    anchors: Iterable[Anchor] = (),
    method: Method = WORDS,
) -> Grouping:
    """Put every concern into exactly one group, alone if it is like no other.

    Concerns named in one entry of `together` share a group, those in one entry of `apart` share
    none. An anchor keeps its concerns and its title, which attracts others; an anchor that stays
    without concerns makes no group. Raises GroupingError on an unknown or repeated id and on
    constraints that contradict each other.
    """
    ordered = sorted(concerns, key=lambda concern: (concern.text, concern.id))
    aspects = sorted(anchors, key=lambda anchor: (anchor.title, sorted(anchor.concerns)))
    blocks = _blocks(ordered, together, apart, aspects)
    if not ordered:
        return Grouping(method.name, (), k)
    # The title of an aspect counts as one more text that is bound to its concerns.
    texts = [concern.text for concern in ordered] + [anchor.title for anchor in aspects]
    similarity = method.similarity(question, texts, lang)
    threshold = max(method.threshold, _common_similarity(similarity))
    labels = cluster(similarity, threshold, blocks.of_item, sorted(blocks.apart))
    found: dict[int, list[int]] = {}
    for item in range(len(ordered)):
        found.setdefault(int(labels[item]), []).append(item)
    titles = {int(labels[len(ordered) + i]): anchor.title for i, anchor in enumerate(aspects)}
    evidence = _Evidence(ordered, similarity, blocks, method.even_odds)
    groups = [evidence.describe(items, titles.get(label)) for label, items in found.items()]
    groups.sort(key=lambda g: (-g.voices, -len(g.concerns), -g.certainty))
    return Grouping(method.name, tuple(groups), k)


def _common_similarity(similarity: Matrix) -> float:
    """The mean over all pairs, drawn towards 0 where there are few of them.

    Long answers share words whatever they are about: below what is common in their poll,
    similarity says nothing, and a fixed threshold alone would chain them into one topic.
    """
    items = len(similarity)
    total = (similarity.sum() - np.trace(similarity)) / 2
    return float(total / (items * (items - 1) / 2 + _PRIOR_PAIRS))


def _blocks(
    concerns: Sequence[Concern],
    together: Iterable[Sequence[str]],
    apart: Iterable[Sequence[str]],
    anchors: Sequence[Anchor],
) -> Blocks:
    """Constraints over items: first the concerns, then the titles of the anchors."""
    position: dict[str, int] = {}
    for item, concern in enumerate(concerns):
        if position.setdefault(concern.id, item) != item:
            raise GroupingError(f"concern {concern.id!r} is given twice")

    def items(ids: Sequence[str], where: str) -> list[int]:
        unknown = [repr(id_) for id_ in ids if id_ not in position]
        if unknown:
            raise GroupingError(f"unknown concern {', '.join(unknown)} in {where}")
        return [position[id_] for id_ in ids]

    aspects = [
        [len(concerns) + index, *items(anchor.concerns, "anchors")]
        for index, anchor in enumerate(anchors)
    ]
    joined = [items(ids, "together") for ids in together]
    parted = [pair for ids in apart for pair in combinations(items(ids, "apart"), 2)]
    rivals = list(combinations([aspect[0] for aspect in aspects], 2))
    names = [f"concern {concern.id!r}" for concern in concerns]
    names += [f"aspect {anchor.title!r}" for anchor in anchors]
    return resolve(names, [members for members in joined if members] + aspects, parted + rivals)


@dataclass(frozen=True)
class _Evidence:
    """What is known when groups are described: concerns in order, their similarity, their bonds."""

    concerns: Sequence[Concern]
    similarity: Matrix
    blocks: Blocks
    even_odds: float

    def describe(self, items: list[int], title: str | None) -> Group:
        concerns = [self.concerns[item] for item in items]
        typical = self.similarity[np.ix_(items, items)].mean(axis=1).round(9)
        order = sorted(range(len(items)), key=lambda i: -typical[i])
        ranked = [concerns[i] for i in order]
        return Group(
            title=_title(ranked) if title is None else title,
            voices=_voices(concerns),
            concerns=tuple(concern.id for concern in ranked),
            certainty=round(self._certainty(items, title is not None), 3),
        )

    def _certainty(self, items: list[int], named: bool) -> float:
        if len(items) == 1:
            others = np.delete(self.similarity[items[0], : len(self.concerns)], items[0])
            return 1.0 if named else 1 - self._odds(float(others.max(initial=0.0)))
        rows, columns = np.triu_indices(len(items), 1)
        members = np.array(items)
        block = self.blocks.of_item[members]
        bound = block[rows] == block[columns]
        if bound.all():
            return 1.0
        mean = float(self.similarity[members[rows], members[columns]][~bound].mean())
        return float(bound.mean() + (~bound).mean() * self._odds(mean))

    def _odds(self, similarity: float) -> float:
        """Chance that a pair of this similarity belongs together."""
        positive = max(similarity, 0.0)
        return positive / (positive + self.even_odds)


def _voices(concerns: Sequence[Concern]) -> int:
    """Distinct authors and supporters; a concern of unknown people counts as one voice."""
    people = {person for concern in concerns for person in (concern.by, *concern.supporters)}
    unknown = sum(concern.by is None and not concern.supporters for concern in concerns)
    return len(people - {None}) + unknown


def _title(ranked: Sequence[Concern]) -> str:
    """The text of the most typical concern, of those of a good length if there are any."""
    lines = [" ".join(concern.text.split()) for concern in ranked]
    return next((line for line in lines if len(line.split()) in TITLE_WORDS), lines[0])
