"""Snippets: the part of a text where something was found, with the words marked."""

from collections.abc import Callable

from markupsafe import Markup, escape

from app.search.wanted import Wanted
from app.search.words import composed, is_idle, stems, words_in

LENGTH = 220  # characters
BEFORE = 60  # of them before the first word that was found
LOOKED_THROUGH = 20_000  # characters

IsMeant = Callable[[str], bool]


def marker(wanted: Wanted) -> IsMeant:
    """Tells which folded words of a text were meant by what was looked for."""
    telling = frozenset(wanted.telling)
    exact = telling.union(*wanted.strings)
    sought = frozenset(stem for word in telling if not is_idle(word) for stem in stems(word))
    initials = frozenset(word[0] for word in (*exact, *sought))
    begun = tuple(telling)

    def is_meant(word: str) -> bool:
        if word[0] not in initials:
            return False
        return word in exact or word.startswith(begun) or not sought.isdisjoint(stems(word))

    return is_meant


def marked(text: str, is_meant: IsMeant) -> Markup:
    """The whole text, with what was meant marked; nothing else in it is markup."""
    whole = composed(text)
    parts: list[Markup] = []
    last = 0
    for word in words_in(whole):
        if is_meant(word.folded):
            parts += (
                escape(whole[last : word.start]),
                Markup("<mark>{}</mark>").format(whole[word.start : word.end]),
            )
            last = word.end
    return Markup().join([*parts, escape(whole[last:])])


def snippet(text: str, is_meant: IsMeant) -> Markup:
    """Some words around the first that was meant, or the beginning."""
    whole = composed(text[:LOOKED_THROUGH])
    first = next((w.start for w in words_in(whole) if is_meant(w.folded)), 0)
    start = _edge(whole, first - BEFORE) if first > BEFORE else 0
    end = _edge(whole, start + LENGTH) if start + LENGTH < len(whole) else len(whole)
    ahead, behind = "… " if start else "", " …" if end < len(text) else ""
    return escape(ahead) + marked(whole[start:end].strip(), is_meant) + escape(behind)


def _edge(text: str, near: int) -> int:
    """The next beginning of a word, unless it is far."""
    gap = text.find(" ", near, near + 30)
    return near if gap < 0 else gap + 1
