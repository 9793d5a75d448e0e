"""What a group is called, how many stand behind it, and how certain it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.livepolls.grouping.clustering import Matrix
from app.livepolls.grouping.constraints import Blocks
from app.livepolls.grouping.places import Place
from app.livepolls.grouping.poll import Concern, Group

TITLE_WORDS = range(3, 15)
"""Lengths of a good title in words: shorter ones say too little, longer ones are stories."""


@dataclass(frozen=True)
class Evidence:
    """What is known when groups are described: concerns in order, their similarity, their bonds.

    `heads` has the most typical concern of each group, by its label; `others` the label of the
    second group of concerns that hold two.
    """

    concerns: Sequence[Concern]
    similarity: Matrix
    blocks: Blocks
    even_odds: float
    places: Sequence[Place]
    heads: Mapping[int, int]
    others: Mapping[int, int]

    def describe(
        self, items: Sequence[int], title: str | None, keywords: tuple[str, ...] = ()
    ) -> Group:
        """The group of these items, the most typical first, under its own title or that one's."""
        concerns = [self.concerns[item] for item in items]
        certainty = round(self._certainty(items, title is not None), 3)
        alone = len(items) == 1
        return Group(
            title=_title(concerns) if title is None else title,
            voices=_voices(concerns),
            concerns=tuple(concern.id for concern in concerns),
            certainty=certainty,
            keywords=keywords,
            certainties=tuple(
                certainty if alone else round(self.places[item].certainty, 3) for item in items
            ),
            nearest=tuple(map(self._nearest, items)),
            doubles=tuple(self.concerns[item].id for item in items if item in self.others),
        )

    def _nearest(self, item: int) -> str | None:
        """The concern that stands for the group that this one is nearest to otherwise."""
        label = self.others.get(item, self.places[item].nearest)
        return None if label is None else self.concerns[self.heads[label]].id

    def _certainty(self, items: Sequence[int], named: bool) -> float:
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


def ranked(similarity: Matrix, items: Sequence[int]) -> list[int]:
    """These items, the most typical of them first."""
    typical = similarity[np.ix_(items, items)].mean(axis=1).round(9)
    order = sorted(range(len(items)), key=lambda i: -typical[i])
    return [items[i] for i in order]


def _voices(concerns: Sequence[Concern]) -> int:
    """Distinct authors and supporters; a concern of unknown people counts as one voice."""
    people = {person for concern in concerns for person in (concern.by, *concern.supporters)}
    unknown = sum(concern.by is None and not concern.supporters for concern in concerns)
    return len(people - {None}) + unknown


def _title(ranked: Sequence[Concern]) -> str:
    """The text of the most typical concern, of those of a good length if there are any."""
    lines = [" ".join(concern.text.split()) for concern in ranked]
    return next((line for line in lines if len(line.split()) in TITLE_WORDS), lines[0])
