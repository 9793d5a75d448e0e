"""How alike concerns are by their words: stems and character n-grams, tf-idf, cosine."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import snowballstemmer
from numpy.typing import NDArray
from scipy.sparse import csr_array

from app.livepolls.stopwords import STOP_WORDS

Matrix = NDArray[np.float64]

STEM_SHARE = 0.4
"""Weight of the stems; the character n-grams, which also see into compounds, have the rest."""

QUESTION_WEIGHT = 0.5
"""Factor for terms of the poll's question, which many answers repeat whatever they are about."""

_GRAM_LENGTHS = (4, 5)
_STEMMERS = {"de": "german", "en": "english"}
_WORD = re.compile(r"[^\W_]+|[\u2600-\u27bf\U0001f000-\U0001faff]")


def lexical_similarity(question: str, texts: Sequence[str], lang: str) -> Matrix:
    """Similarity by words in [0, 1], shape (texts, texts); 0 where no term is shared.

    German and English lose function words and endings; other languages are compared as written.
    """
    documents = [words(text, lang) for text in texts]
    asked = words(question, lang)
    stems = _cosine([_stems(d, lang) for d in documents], _stems(asked, lang))
    grams = _cosine([_grams(d) for d in documents], _grams(asked))
    return STEM_SHARE * stems + (1 - STEM_SHARE) * grams


@lru_cache(maxsize=2**12)
def words(text: str, lang: str) -> tuple[str, ...]:
    """The words and emoji of a text in lower case, without function words if others remain."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return tuple(as_written(plain, lang) or _WORD.findall(plain) or plain.split())


def as_written(text: str, lang: str) -> list[str]:
    """The words and emoji of a text in their own case, without function words."""
    found = _WORD.findall(unicodedata.normalize("NFKC", text))
    return [word for word in found if word.casefold() not in STOP_WORDS.get(lang, frozenset())]


def _stems(document: Sequence[str], lang: str) -> list[str]:
    return [stem(word, lang) for word in document]


def _grams(document: Sequence[str]) -> list[str]:
    return [gram for word in document for gram in _word_grams(word)]


@lru_cache(maxsize=2**16)
def stem(word: str, lang: str) -> str:
    """The word without endings (Porter's Snowball algorithms)."""
    if lang not in _STEMMERS:
        return word
    # A stemmer keeps state between steps: one per call is cheap and safe in threads.
    stemmer = snowballstemmer.stemmer(_STEMMERS[lang])
    return str(stemmer.stemWord(word))


@lru_cache(maxsize=2**14)
def _word_grams(word: str) -> tuple[str, ...]:
    """Character 4- and 5-grams of a word between spaces; a shorter word counts as a whole."""
    padded = f" {word} "
    return tuple(
        padded[start : start + length]
        for length in _GRAM_LENGTHS
        for start in range(max(1, len(padded) - length + 1))
    )


def _cosine(documents: Sequence[Sequence[str]], asked: Sequence[str]) -> Matrix:
    """Cosine of tf-idf vectors, shape (documents, documents)."""
    vectors = _tf_idf(documents, asked)
    products: Matrix = (vectors @ vectors.T).toarray()
    return (products + products.T) / 2  # rounding differs between the two halves


def _tf_idf(documents: Sequence[Sequence[str]], asked: Sequence[str]) -> "csr_array[np.float64]":
    """Unit vectors of term counts times inverse document frequency (Robertson & Walker 1994)."""
    vocabulary: dict[str, int] = {}
    columns = [vocabulary.setdefault(term, len(vocabulary)) for doc in documents for term in doc]
    starts = np.cumsum([0, *map(len, documents)])
    shape = (len(documents), len(vocabulary))
    counts = csr_array((np.ones(len(columns)), np.array(columns, dtype=int), starts), shape=shape)
    counts.sum_duplicates()
    weights = _inverse_frequency(counts)
    weights[[vocabulary[term] for term in dict.fromkeys(asked) if term in vocabulary]] *= (
        QUESTION_WEIGHT
    )
    return _unit_rows(counts, weights)


def _inverse_frequency(counts: "csr_array[np.float64]") -> Matrix:
    documents, terms = counts.shape
    frequency = np.bincount(counts.indices, minlength=terms)
    odds: Matrix = (documents - frequency + 0.5) / (frequency + 0.5)
    return np.log1p(odds)


def _unit_rows(counts: "csr_array[np.float64]", weights: Matrix) -> "csr_array[np.float64]":
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    data = counts.data * weights[counts.indices]
    norms = np.sqrt(np.bincount(rows, data**2, minlength=counts.shape[0]))
    return csr_array((data / norms[rows], counts.indices, counts.indptr), shape=counts.shape)
