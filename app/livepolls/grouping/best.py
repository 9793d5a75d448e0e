"""Grouping and embedding with the best that is at hand: called in a process of its own."""

from collections.abc import Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from app.livepolls.grouping.grouper import group
from app.livepolls.grouping.kept import kept, vectors_in
from app.livepolls.grouping.meaning import Given, Meaning, Remembered, bundled_meaning
from app.livepolls.grouping.poll import Concern, Grouping


def best_group(
    question: str,
    concerns: Sequence[Concern],
    known: Mapping[str, bytes],
    model: str | None = None,
    **bonds: Any,
) -> Grouping:
    """Group by meaning where a model runs, else by words.

    `known` has by their texts what is kept of them. A `model` that is named does not run here: then
    all is known.
    """
    vectors = vectors_in(known)
    return group(question, concerns, meaning=_meaning(model, vectors), **bonds)


def _meaning(model: str | None, vectors: Mapping[str, NDArray[Any]]) -> Meaning | None:
    if model is None:
        bundled = bundled_meaning()
        return None if bundled is None else Remembered(bundled, vectors)
    # Another model may have taken that name: of both together nothing can be made.
    lengths = {row.size for row in vectors.values()}
    return Given(model, vectors) if len(lengths) == 1 else None


def embedded(question: str, texts: Sequence[str]) -> list[bytes]:
    """What to keep of each text; nothing where no model runs."""
    model = bundled_meaning()
    return [] if model is None else kept(model, question, texts)
