"""Vectors in the form in which they are kept: that of a text, and those of its parts behind it."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.livepolls.grouping.meaning import Meaning
from app.livepolls.grouping.parts import parts

FORM = "text and parts, float16"
"""What is kept in another form is made anew."""

_STORED = np.float16


def kept(meaning: Meaning, question: str, texts: Sequence[str]) -> list[bytes]:
    """What to keep of each text."""
    said = [(text, *parts(text)) for text in texts]
    vectors = meaning.vectors(question, [each for all_ in said for each in all_])
    ends = np.cumsum([len(all_) for all_ in said])[:-1]
    return [rows.tobytes() for rows in np.split(vectors.astype(_STORED), ends)] if texts else []


def vectors_in(known: Mapping[str, bytes]) -> dict[str, NDArray[Any]]:
    """The vectors of texts and of their parts, out of what is kept of the texts."""
    found: dict[str, NDArray[Any]] = {}
    for text, stored in known.items():
        said = (text, *parts(text))
        rows = np.frombuffer(stored, _STORED).reshape(len(said), -1)
        found.update(zip(said, rows, strict=True))
    return found
