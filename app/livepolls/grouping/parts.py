"""Cutting an answer where a second concern may begin."""

import re

MOST = 3

_ENDS = (
    re.compile(r"(?<=[.!?;])\s+|\n+"),
    re.compile(r",?\s+(?:und|sowie|außerdem|and|plus|&)\s+", re.IGNORECASE),
)
"""Where to cut: between sentences, or within the only one where something is added."""

_FEWEST_WORDS = 2
_WORD = re.compile(r"[^\W\d_]{4,}")
"""A shorter word hardly ever says what somebody is concerned about, in German or English."""


def parts(text: str) -> tuple[str, ...]:
    """The two or three parts of an answer that could be concerns of their own, or none."""
    for end in _ENDS:
        found: list[str] = []
        for piece in filter(None, map(str.strip, end.split(text))):
            if found and (len(found) == MOST or not (_says(piece) and _says(found[-1]))):
                found[-1] += f" {piece}"
            else:
                found.append(piece)
        if len(found) > 1:
            return tuple(found)
    return ()


def proposed_cut(text: str) -> tuple[str, str]:
    """The two concerns that an answer may hold; where nothing tells, both are all of it."""
    found = parts(text)
    if not found:
        return text, text
    second = " ".join(found[1:])
    return found[0].rstrip(" ,;"), second[0].upper() + second[1:]


def _says(piece: str) -> bool:
    return len(_WORD.findall(piece)) >= _FEWEST_WORDS
