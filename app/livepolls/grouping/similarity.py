"""How alike the concerns of a poll are by what they mean."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from app.livepolls.grouping.meaning import Matrix, Meaning
from app.livepolls.grouping.residuals import residuals, unit
from app.livepolls.grouping.words import lexical_similarity, words

Pairs = NDArray[np.bool_]

OF_WORDS = 0.1
"""Weight of the similarity by words beside the one by meaning, both in standard deviations."""

EQUAL = 5.0
"""Similarity of texts of the same words, whatever the model makes of capitals and full stops."""

_SAME, _SHARED = 0.98, 0.6
"""Cosine of the model's own vectors, and share of common words, from which on two texts say the
same: that holds in a poll of three as well, whose deviations say nothing yet."""

_FEW = 10  # texts: then their profiles count as much as their own similarity
_DOUBT = 0.03
"""How much less alike few texts are than they look: what is left over looks alike among them."""

_PRIOR_PAIRS = 50
_USUAL = {"meaning": (0.0, 0.3), "words": (0.01, 0.05)}
"""Mean and deviation that few pairs are drawn towards: those of polls of usual size."""


def similarity_by_meaning(
    meaning: Meaning, question: str, texts: Sequence[str], lang: str
) -> Matrix:
    """Similarity in standard deviations above the mean of the poll, shape (texts, texts)."""
    vectors = meaning.vectors(question, [*texts, ""])
    rows = weighed(meaning, residuals(vectors[:-1], vectors[-1], texts))
    similarity = _standardised(_of_profiles(rows @ rows.T), *_USUAL["meaning"])
    lexical = _standardised(lexical_similarity(question, texts, lang), *_USUAL["words"])
    similarity += OF_WORDS * lexical
    own = unit(vectors[:-1])
    similarity[_share_words(texts, lang) & (own @ own.T > _SAME)] = EQUAL
    similarity[_equal(texts, lang)] = EQUAL
    return similarity


def weighed(meaning: Meaning, rows: Matrix) -> Matrix:
    """Unit vectors in which counts more what tells aspects apart, if that was learnt."""
    return rows if meaning.weights is None else unit(rows @ meaning.weights)


def _of_profiles(similarity: Matrix) -> Matrix:
    """Cosine of rows: who is like the same others is alike, too; of few it says little."""
    profiles = unit(similarity)
    trust = 1 / (1 + (_FEW / len(similarity)) ** 2)
    return np.asarray(trust * profiles @ profiles.T + (1 - trust) * (similarity - _DOUBT))


def _standardised(similarity: Matrix, mean: float, deviation: float) -> Matrix:
    """In standard deviations above the mean of all pairs, with some usual pairs among them."""
    pairs = similarity[np.triu_indices(len(similarity), 1)]
    number = len(pairs) + _PRIOR_PAIRS
    centre = (pairs.sum() + _PRIOR_PAIRS * mean) / number
    squares = ((pairs - centre) ** 2).sum() + _PRIOR_PAIRS * (deviation**2 + (mean - centre) ** 2)
    return np.asarray((similarity - centre) / np.sqrt(squares / number))


def _equal(texts: Sequence[str], lang: str) -> Pairs:
    first: dict[tuple[str, ...], int] = {}
    said = [first.setdefault(words(text, lang), item) for item, text in enumerate(texts)]
    numbers = np.array(said)
    spoken = np.array([bool(words(text, lang)) for text in texts])
    return np.asarray((numbers[:, None] == numbers) & spoken[:, None] & spoken)


def _share_words(texts: Sequence[str], lang: str) -> Pairs:
    """Whether most of the words that either text has stand in both."""
    said = [set(words(text, lang)) for text in texts]
    places = {word: place for place, word in enumerate(set().union(*said))}
    columns = [places[word] for own in said for word in own]
    each = np.array([len(own) for own in said])
    starts = np.cumsum([0, *each])
    has = csr_array((np.ones(len(columns)), columns, starts), shape=(len(texts), len(places)))
    both = (has @ has.T).toarray()
    return np.asarray(both > _SHARED * (each[:, None] + each - both))
