"""Up to three words that set a group apart, as a hint beside its title."""

from collections import Counter
from collections.abc import Sequence
from math import log

from app.livepolls.grouping.words import as_written, stem

MOST = 3
_SHORTEST = 4  # letters


def keywords(
    question: str, texts: Sequence[str], groups: Sequence[Sequence[int]], lang: str
) -> list[tuple[str, ...]]:
    """The telling words of each group of texts: in several of its texts, and in few others."""
    asked = {stem(word.casefold(), lang) for word in as_written(question, lang)}
    forms = [_forms(text, lang, asked) for text in texts]
    everywhere = Counter(stem for form in forms for stem in form)
    return [_telling([forms[item] for item in items], everywhere, len(texts)) for items in groups]


def _forms(text: str, lang: str, asked: set[str]) -> dict[str, str]:
    """The words of a text by their stems, without those of the question."""
    found = {stem(word.casefold(), lang): word for word in as_written(text, lang)}
    return {key: word for key, word in found.items() if len(key) >= _SHORTEST and key not in asked}


def _telling(
    forms: Sequence[dict[str, str]], everywhere: Counter[str], texts: int
) -> tuple[str, ...]:
    here = Counter(stem for form in forms for stem in form)
    often = {stem: n for stem, n in here.items() if n >= min(2, len(forms))}
    worth = {stem: n * log(1 + texts / everywhere[stem]) for stem, n in often.items()}
    best = sorted(worth, key=lambda stem: (-worth[stem], stem))[:MOST]
    return tuple(_usual_form(stem, forms) for stem in best)


def _usual_form(key: str, forms: Sequence[dict[str, str]]) -> str:
    written = Counter(form[key] for form in forms if key in form)
    return min(written, key=lambda word: (-written[word], word))
