"""The words that several people use in a poll, sized for a picture that holds still.

Pure: texts with the people behind them in, words out.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

from app.livepolls.stopwords import STOP_WORDS

MOST = 28  # words: more are not read from the back row
FEWEST_PEOPLE = 2  # behind a word
HEIGHTS = (1.9, 2.4, 3.0, 3.7, 4.5)  # of the sizes, in hundredths of the screen's width
WIDTH, HEIGHT = 88.0, 19.0  # of the room for the picture, under a question of three lines
LETTER, GAP, LINE = 0.58, 2.2, 1.25  # a letter's width by its height, and what is around words

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEMMERS = {"de": "german", "en": "english"}


@dataclass(frozen=True)
class CloudWord:
    """One word of the picture."""

    key: str  # its stem, which all its forms share
    word: str  # the form that is used most
    people: int
    size: int  # from 1 to 5


def cloud(
    said: Sequence[tuple[str, Collection[int]]], question: str, lang: str, before: Sequence[str]
) -> list[CloudWord]:
    """The words that most people use, but for those of the question; in German only nouns.

    What was there `before` keeps its place; what is new comes behind it.
    """
    people, forms = _counted(said, lang)
    asked = keys_of(question, lang)
    telling = (key for key, form in forms.items() if lang != "de" or form[0].isupper())
    counts = {key: len(people[key]) for key in telling if key not in asked}
    chosen = sorted(
        (key for key, count in counts.items() if count >= FEWEST_PEOPLE),
        key=lambda key: (-counts[key], key),
    )
    most = max((counts[key] for key in chosen), default=0)
    words = [CloudWord(key, forms[key], counts[key], _size(counts[key], most)) for key in chosen]
    return _fitting(words[:MOST], before)


def _in_place(words: Sequence[CloudWord], before: Sequence[str]) -> list[CloudWord]:
    """What was there stays where it was."""
    places = {key: place for place, key in enumerate(before)}
    return sorted(words, key=lambda word: places.get(word.key, len(places)))


def _fitting(words: Sequence[CloudWord], before: Sequence[str]) -> list[CloudWord]:
    """As many of the first as there is room for on the screen."""
    for count in range(len(words), 0, -1):
        placed = _in_place(words[:count], before)
        if _height(placed) <= HEIGHT:
            return placed
    return []


def _height(words: Sequence[CloudWord]) -> float:
    """How high the rows are in which these words are set one after the other."""
    rows, right = [0.0], 0.0
    for word in words:
        size = HEIGHTS[word.size - 1]
        width = len(word.word) * LETTER * size + GAP
        if right + width > WIDTH:
            rows, right = [*rows, 0.0], 0.0
        rows[-1], right = max(rows[-1], LINE * size), right + width
    return sum(rows)


def keys_of(text: str, lang: str) -> frozenset[str]:
    """The keys of all words in a text."""
    return frozenset(key for key, _word in _words(text, lang))


def _counted(
    said: Sequence[tuple[str, Collection[int]]], lang: str
) -> tuple[dict[str, set[int]], dict[str, str]]:
    """Who uses each word, and its usual form."""
    people: dict[str, set[int]] = defaultdict(set)
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    for text, who in said:
        for key, word in _words(text, lang):
            people[key].update(who)
            forms[key][word] += 1
    return people, {key: _usual(found) for key, found in forms.items()}


def _usual(found: Counter[str]) -> str:
    return min(found, key=lambda word: (-found[word], word))


def _words(text: str, lang: str) -> Iterator[tuple[str, str]]:
    """The words of a text that say something, each with its key."""
    idle = STOP_WORDS["de"] | STOP_WORDS["en"]
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        small = word.casefold()
        if small not in idle:
            yield _stem(small, lang), word


@lru_cache(maxsize=2**15)
def _stem(word: str, lang: str) -> str:
    # A stemmer keeps state between steps: one per word is cheap and safe.
    return str(snowballstemmer.stemmer(_STEMMERS.get(lang, "german")).stemWord(word))


def _size(count: int, most: int) -> int:
    """From two people, the smallest, to the most that are behind any word."""
    if most <= FEWEST_PEOPLE:
        return 2
    return 1 + round((len(HEIGHTS) - 1) * (count - FEWEST_PEOPLE) / (most - FEWEST_PEOPLE))
