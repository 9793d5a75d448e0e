"""Vectors of answers without what has nothing to do with their topic."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.livepolls.grouping.meaning import Matrix

_OF_QUESTION = 1.0
"""How many answers the question counts for in the mean of a poll: it matters for the first few."""

_RIDGE = 1.0


@dataclass(frozen=True)
class Common:
    """What the answers of a poll have in common: their mean, and what length and form explain."""

    mean: Matrix
    form: Matrix
    weights: Matrix

    def without(self, vectors: Matrix, texts: Sequence[str]) -> Matrix:
        """Unit vectors of how texts differ from the poll, beyond their length and form."""
        return unit(vectors - self.mean - (_form(texts) - self.form) @ self.weights)


def common(vectors: Matrix, question: Matrix, texts: Sequence[str]) -> Common:
    """What these answers have in common.

    `question` is the vector of an empty answer, from which the mean of few answers is not far.
    """
    mean = (vectors.sum(axis=0) + _OF_QUESTION * question) / (len(vectors) + _OF_QUESTION)
    usual = _form(texts).mean(axis=0)
    form = _form(texts) - usual
    penalty = _RIDGE * np.eye(form.shape[1])
    return Common(mean, usual, np.linalg.solve(form.T @ form + penalty, form.T @ (vectors - mean)))


def residuals(vectors: Matrix, question: Matrix, texts: Sequence[str]) -> Matrix:
    """Unit vectors of how answers differ from their poll, beyond their length and form."""
    return common(vectors, question, texts).without(vectors, texts)


def unit(rows: Matrix) -> Matrix:
    """Rows of length 1."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12))


def _form(texts: Sequence[str]) -> Matrix:
    """Length and question form of each text."""
    columns = [[np.log1p(len(text.split())), float("?" in text)] for text in texts]
    return np.array(columns, dtype=float).reshape(-1, 2)
