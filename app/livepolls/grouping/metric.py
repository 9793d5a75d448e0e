"""How vectors are weighed: what tells aspects apart more, what only tells answers apart less.

The weights come from example polls that were made up for this (`examples.json`), by the scatter
of their aspects and of the answers within them, as in linear discriminant analysis (Fisher 1936)
but drawn strongly towards no weights at all. `flask concerns fit` writes them.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.livepolls.grouping.meaning import Matrix, Meaning
from app.livepolls.grouping.residuals import residuals

EXAMPLES = Path(__file__).with_name("examples.json")
STRENGTH = 0.2
"""Weight of the scatters against the identity; they are scaled to a mean variance of 1."""

_LEAST_ANSWERS = 3  # an aspect of fewer says little about where it stands


@dataclass(frozen=True)
class Example:
    """A poll whose answers are sorted."""

    question: str
    lang: str
    aspects: tuple[tuple[str, ...], ...]

    @property
    def texts(self) -> list[str]:
        """All answers, aspect by aspect."""
        return [text for aspect in self.aspects for text in aspect]


def examples() -> list[Example]:
    """The polls that the weights are learnt from."""
    return [
        Example(poll["question"], poll["lang"], tuple(map(tuple, poll["aspects"].values())))
        for poll in json.loads(EXAMPLES.read_text("utf-8"))
    ]


def fit(meaning: Meaning, polls: Sequence[Example]) -> Matrix:
    """The weights that follow from sorted polls."""
    aspects = [rows for poll in polls for rows in _aspects(meaning, poll)]
    large = [rows for rows in aspects if len(rows) >= _LEAST_ANSWERS]
    between = _scatter(rows.mean(axis=0) * np.sqrt(len(rows)) for rows in large)
    within = _scatter(row for rows in large for row in rows - rows.mean(axis=0))
    same = np.eye(len(within))
    shrunk = np.linalg.cholesky(np.linalg.inv(same + STRENGTH * within))
    return np.asarray(shrunk @ np.linalg.cholesky(same + STRENGTH * between))


def _aspects(meaning: Meaning, poll: Example) -> Iterator[Matrix]:
    """The vectors of each aspect, as deviations from their poll."""
    vectors = meaning.vectors(poll.question, [*poll.texts, ""])
    rows = residuals(vectors[:-1], vectors[-1], poll.texts)
    start = 0
    for aspect in poll.aspects:
        yield rows[start : start + len(aspect)]
        start += len(aspect)


def _scatter(rows: Iterable[Matrix]) -> Matrix:
    stacked = np.array(list(rows))
    scatter = stacked.T @ stacked
    return np.asarray(scatter / np.trace(scatter) * len(scatter))
