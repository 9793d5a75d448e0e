"""Scores the grouping of polls whose true aspects are known, leaving one poll out at a time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

from app.livepolls.grouping import WORDS, Concern, Method, group
from app.livepolls.scoring import Score, mean_score, score

THRESHOLDS = tuple(step / 1000 for step in range(5, 55, 5))


@dataclass(frozen=True)
class Poll:
    """A poll with the true aspect of each of its concerns."""

    id: str
    question: str
    lang: str
    k: int
    texts: tuple[str, ...]
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class HeldOut:
    """The score of a poll at the threshold that is best for all the other polls."""

    threshold: float
    score: Score


def load_polls(folder: Path) -> list[Poll]:
    """The polls of all JSON files in a folder, by file name."""
    return [_poll(json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob("*.json"))]


def _poll(given: dict[str, Any]) -> Poll:
    concerns = given["concerns"]
    return Poll(
        id=given["id"],
        question=given["question"],
        lang=given["lang"],
        k=given["k"],
        texts=tuple(concern["text"] for concern in concerns),
        aspects=tuple(concern["aspect"] for concern in concerns),
    )


def grouping_score(poll: Poll, method: Method = WORDS) -> Score:
    """How well the method finds the true aspects of a poll."""
    concerns = [Concern(str(item), text) for item, text in enumerate(poll.texts)]
    grouping = group(poll.question, concerns, lang=poll.lang, k=poll.k, method=method)
    label = {id_: n for n, found in enumerate(grouping.groups) for id_ in found.concerns}
    return score(poll.aspects, [label[concern.id] for concern in concerns], poll.k)


def leave_one_out(tried: Sequence[dict[float, Score]]) -> list[HeldOut]:
    """For each poll its score at the threshold chosen on the others; `tried` has one entry a poll.

    With a single poll there is nothing to choose on, and the lowest threshold is taken.
    """
    held_out = []
    for index, scores in enumerate(tried):
        others = [*tried[:index], *tried[index + 1 :]]
        best = max(scores, key=lambda threshold: sum(_merit(o[threshold]) for o in others))
        held_out.append(HeldOut(best, scores[best]))
    return held_out


def _merit(reached: Score) -> float:
    """What thresholds are chosen by: whole groups first, then the most frequent aspects."""
    return reached.bcubed + reached.top_k / 2


def table(polls: Sequence[Poll], method: Method = WORDS) -> Iterator[str]:
    """Lines of a table: for each poll, and in the mean, the fit and what leaving it out gives."""
    if not polls:
        yield "no polls"
        return
    methods = {threshold: replace(method, threshold=threshold) for threshold in THRESHOLDS}
    tried = [{t: grouping_score(poll, m) for t, m in methods.items()} for poll in polls]
    fitted = [grouping_score(poll, method) for poll in polls]
    held_out = leave_one_out(tried)
    yield f"{method.name}, threshold {method.threshold}"
    yield f"{'':24}{'fit':<32}leaving this poll out"
    yield f"{'poll':24}{_HEADINGS}    {_HEADINGS}  threshold"
    for poll, fit, held in zip(polls, fitted, held_out, strict=True):
        yield f"{poll.id:24}{_row(fit)}    {_row(held.score)}  {held.threshold:9.3f}"
    means = mean_score(fitted), mean_score([held.score for held in held_out])
    yield f"{'mean':24}{_row(means[0])}    {_row(means[1])}"


_HEADINGS = " ".join(f"{name:>6}" for name in ("pairF1", "bcubed", "ari", "top-k"))


def _row(reached: Score) -> str:
    return " ".join(f"{value:6.3f}" for value in astuple(reached))
