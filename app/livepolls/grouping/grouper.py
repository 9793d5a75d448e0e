"""Groups a poll's concerns by words or by meaning, and respects what moderators have bound.

A suggestion depends on what was said and what a moderator has bound, never on the order in which
concerns arrived.
"""

from collections.abc import Iterable, Sequence

import numpy as np

from app.livepolls.grouping.bonds import blocks
from app.livepolls.grouping.clustering import Labels, Matrix, cluster
from app.livepolls.grouping.constraints import Blocks
from app.livepolls.grouping.describing import Evidence, ranked
from app.livepolls.grouping.doubles import doubles
from app.livepolls.grouping.keywords import keywords
from app.livepolls.grouping.meaning import Meaning
from app.livepolls.grouping.methods import MEANING, WORDS, Method
from app.livepolls.grouping.places import places
from app.livepolls.grouping.poll import Anchor, Concern, Grouping

_PRIOR_PAIRS = 50


def group(
    question: str,
    concerns: Iterable[Concern],
    *,
    lang: str,
    k: int = 6,
    together: Iterable[Sequence[str]] = (),
    apart: Iterable[Sequence[str]] = (),
    anchors: Iterable[Anchor] = (),
    meaning: Meaning | None = None,
    method: Method | None = None,
) -> Grouping:
    """Put every concern into exactly one group, alone if it is like no other.

    Concerns named in one entry of `together` share a group, those in one entry of `apart` share
    none. An anchor keeps its concerns and its title, which attracts others; an anchor that stays
    without concerns makes no group. Without a `meaning`, words alone decide. Raises GroupingError
    on an unknown or repeated id and on constraints that contradict each other.
    """
    method = method or (MEANING if meaning else WORDS)
    name = f"{meaning.name}: {method.name}" if meaning else method.name
    ordered = sorted(concerns, key=lambda concern: (concern.text, concern.id))
    aspects = sorted(anchors, key=lambda anchor: (anchor.title, sorted(anchor.concerns)))
    bound = blocks(ordered, together, apart, aspects)
    if not ordered:
        return Grouping(name, (), k)
    # The title of an aspect counts as one more text that is bound to its concerns.
    texts = [concern.text for concern in ordered] + [anchor.title for anchor in aspects]
    similarity = method.similarity(meaning, question, texts, lang)
    threshold = max(method.threshold, _common_similarity(similarity))
    labels = cluster(similarity, threshold, bound.of_item, sorted(bound.apart))
    found = _by_label(labels[: len(ordered)], similarity)
    titles = {int(labels[len(ordered) + i]): anchor.title for i, anchor in enumerate(aspects)}
    said = texts[: len(ordered)]
    telling = keywords(question, said, list(found.values()), lang)
    evidence = Evidence(
        ordered,
        similarity,
        bound,
        method.even_odds,
        places(similarity, labels, bound, method.margin),
        {label: items[0] for label, items in found.items()},
        _second_groups(meaning, question, said, found, bound),
    )
    groups = [
        evidence.describe(items, titles.get(label), hints)
        for (label, items), hints in zip(found.items(), telling, strict=True)
    ]
    groups.sort(key=lambda g: (-g.voices, -len(g.concerns), -g.certainty))
    return Grouping(name, tuple(groups), k, by_meaning=meaning is not None)


def _by_label(labels: Labels, similarity: Matrix) -> dict[int, list[int]]:
    """The items of each label, the most typical first."""
    found: dict[int, list[int]] = {}
    for item, label in enumerate(labels):
        found.setdefault(int(label), []).append(item)
    return {label: ranked(similarity, items) for label, items in found.items()}


def _second_groups(
    meaning: Meaning | None,
    question: str,
    texts: Sequence[str],
    found: dict[int, list[int]],
    bound: Blocks,
) -> dict[int, int]:
    """The label of the second group of those that hold two concerns; words alone don't tell."""
    if meaning is None:
        return {}
    label = list(found)
    others = doubles(meaning, question, texts, list(found.values()))
    return {
        item: label[number]
        for item, number in others.items()
        if bound.may_join(item, found[label[number]])
    }


def _common_similarity(similarity: Matrix) -> float:
    """The mean over all pairs, drawn towards 0 where there are few of them.

    Long answers share words whatever they are about: below what is common in their poll,
    similarity says nothing, and a fixed threshold alone would chain them into one topic.
    """
    items = len(similarity)
    total = (similarity.sum() - np.trace(similarity)) / 2
    return float(total / (items * (items - 1) / 2 + _PRIOR_PAIRS))
