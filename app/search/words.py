"""Words: how texts are taken apart, so that other forms, accents and umlauts find them too.

Texts are folded (`Straße` and `strasse`, `Jugendämter` and `jugendaemter` are the same word), and
each word is cut to its German and to its English stem. Both databases get the same words, since
neither of them could do this alone: SQLite knows English stems only, and PostgreSQL's German ones
depend on its version.
"""

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from snowballstemmer import stemmer

from app.livepolls.stopwords import STOP_WORDS

WORD = re.compile(r"[^\W_]+")
TAG = re.compile(r"<[^>]*>")
BREAK = re.compile(r"</(?:p|li|h\d|tr|pre|blockquote|ul|ol|table)>|<br\s*/?>|<hr\s*/?>")
LONGEST_WORD = 40  # letters; what comes after them is not told apart
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "æ": "ae", "œ": "oe", "ø": "oe"})

MOST_STEMS = 100_000  # words whose stems are remembered

_german, _english = stemmer("german"), stemmer("english")
_stems: dict[str, frozenset[str]] = {}


class Word(NamedTuple):
    """A word of a text: where it stands, and how it is looked for."""

    start: int
    end: int
    folded: str


def words_in(text: str) -> Iterator[Word]:
    """The words of a text, whose letters are composed (`composed`), one after another."""
    for match in WORD.finditer(text):
        word = folded(match[0])
        if word:
            yield Word(match.start(), match.end(), word)


def composed(text: str) -> str:
    """A text in which an umlaut is one letter, however it was typed."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=100_000)
def folded(word: str) -> str:
    """A word without capitals, umlauts and accents; nothing of some strange signs is left."""
    lower = word.casefold().translate(UMLAUTS)
    if not lower.isascii():
        lower = "".join(c for c in unicodedata.normalize("NFKD", lower) if c.isalnum()).casefold()
    return lower[:LONGEST_WORD]


def stems(word: str) -> frozenset[str]:
    """The German and the English stem of a folded word; often they are the same."""
    if word not in _stems:
        remember({word: frozenset((_german.stemWord(word), _english.stemWord(word)))})
    return _stems[word]


def stems_in(text: str) -> dict[str, frozenset[str]]:
    """The stems of all words of a text: seconds of work for a long one."""
    words = {word.folded for word in words_in(composed(text))}
    return {word: stems(word) for word in words if not is_idle(word)}


def remember(found: Mapping[str, frozenset[str]]) -> None:
    """Know the stems of these words from now on, and forget those of others if need be."""
    if len(_stems) + len(found) > MOST_STEMS:
        _stems.clear()
    _stems.update(found)


IDLE = frozenset(folded(word) for words in STOP_WORDS.values() for word in words)


def is_idle(word: str) -> bool:
    """Whether a folded word tells nothing about what a text is about: *and*, *the*, *wir*."""
    return word in IDLE


def plain(rich: str) -> str:
    """The words of HTML that was made safe."""
    return " ".join(html.unescape(TAG.sub("", BREAK.sub(" ", rich))).split())
