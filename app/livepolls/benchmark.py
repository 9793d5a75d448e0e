"""Scores the grouping of polls whose true aspects are known, leaving one poll out at a time."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.livepolls.grouping import (
    MEANING,
    WORDS,
    Concern,
    Matrix,
    Meaning,
    Method,
    group,
    metric,
)
from app.livepolls.grouping.scoring import Score, mean_score, score

THRESHOLDS = {
    WORDS.name: tuple(step / 1000 for step in range(5, 55, 5)),
    MEANING.name: tuple(step / 10 for step in range(4, 13)),
}

FOLDS = 5


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


def grouping_score(
    poll: Poll, method: Method | None = None, meaning: Meaning | None = None
) -> Score:
    """How well the method finds the true aspects of a poll."""
    concerns = [Concern(str(item), text) for item, text in enumerate(poll.texts)]
    grouping = group(
        poll.question, concerns, lang=poll.lang, k=poll.k, method=method, meaning=meaning
    )
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


@dataclass(frozen=True)
class Measured:
    """How well each poll was grouped: as the program does it, and with the poll left out."""

    fitted: list[Score]
    held_out: list[HeldOut]

    @property
    def means(self) -> tuple[Score, Score]:
        """The mean of the fit, and of what leaving each poll out gives."""
        return mean_score(self.fitted), mean_score([held.score for held in self.held_out])


def measured(
    polls: Sequence[Poll], method: Method = WORDS, meaning: Meaning | None = None
) -> Measured:
    """Scores at every threshold; no weight was learnt from any of these polls."""
    once = None if meaning is None else Once(meaning)
    tried = [_at_thresholds(poll, method, once) for poll in polls]
    return Measured([grouping_score(poll, method, once) for poll in polls], leave_one_out(tried))


def _at_thresholds(
    poll: Poll, method: Method, meaning: Meaning | None = None
) -> dict[float, Score]:
    methods = {t: replace(method, threshold=t) for t in THRESHOLDS[method.name]}
    return {t: grouping_score(poll, each, meaning) for t, each in methods.items()}


class Once:
    """A model that is asked once for each text, with weights of its own if they are given."""

    def __init__(self, model: Meaning, weights: Matrix | None = None) -> None:
        self.name = model.name
        self.weights = model.weights if weights is None else weights
        self._model = model
        self._made: dict[tuple[str, str], NDArray[Any]] = {}

    def vectors(self, question: str, texts: Sequence[str]) -> Matrix:
        """One row for each text."""
        missing = [text for text in dict.fromkeys(texts) if (question, text) not in self._made]
        if missing:
            made = self._model.vectors(question, missing)
            self._made.update(zip([(question, text) for text in missing], made, strict=True))
        return np.array([self._made[question, text] for text in texts], dtype=float)


def table(
    polls: Sequence[Poll], method: Method = WORDS, meaning: Meaning | None = None
) -> Iterator[str]:
    """Lines of a table: for each poll, and in the mean, the fit and what leaving it out gives."""
    if not polls:
        yield "no polls"
        return
    figures = measured(polls, method, meaning)
    fitted, held_out, means = figures.fitted, figures.held_out, figures.means
    yield f"{method.name}, threshold {method.threshold}"
    yield f"{'':24}{'fit':<32}leaving this poll out"
    yield f"{'poll':24}{_HEADINGS}    {_HEADINGS}  threshold"
    for poll, fit, held in zip(polls, fitted, held_out, strict=True):
        yield f"{poll.id:24}{_row(fit)}    {_row(held.score)}  {held.threshold:9.3f}"
    yield f"{'mean':24}{_row(means[0])}    {_row(means[1])}"


def crossed(examples: Sequence[metric.Example], meaning: Meaning) -> Iterator[str]:
    """Lines of a table: each fifth of the polls grouped by the weights that the others teach."""
    tried = []
    for fold in range(FOLDS):
        others = [poll for number, poll in enumerate(examples) if number % FOLDS != fold]
        taught = Once(meaning, metric.fit(meaning, others))
        tried += [_at_thresholds(_sorted(poll), MEANING, taught) for poll in examples[fold::FOLDS]]
    yield f"{len(examples)} made-up polls, weighed by four fifths of them"
    yield f"threshold  {_HEADINGS}"
    for threshold in THRESHOLDS[MEANING.name]:
        mean = mean_score([scores[threshold] for scores in tried])
        yield f"{threshold:9.3f}  {_row(mean)}"


def _sorted(poll: metric.Example) -> Poll:
    names = [str(name) for name, texts in enumerate(poll.aspects) for _text in texts]
    return Poll("", poll.question, poll.lang, 6, tuple(poll.texts), tuple(names))


_HEADINGS = " ".join(f"{name:>6}" for name in ("pairF1", "bcubed", "ari", "top-k"))


def _row(reached: Score) -> str:
    return " ".join(f"{value:6.3f}" for value in astuple(reached))
