"""What has changed between two wordings, word by word.

Line by line first (difflib's matching blocks), then by words within the lines that differ. What is
too long to compare in a few milliseconds counts as replaced as a whole.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_PAIRS = 90_000  # of pieces that are compared: the time grows with these

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """A stretch of text that was kept, is gone, or has come."""

    kind: str  # kept, gone, come
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """The pieces of both texts, in order."""
    return _joined(_lines(before.splitlines(keepends=True), after.splitlines(keepends=True)))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Piece]:
    for same, gone, come in _compared(before, after):
        if same:
            yield Piece("kept", "".join(same))
        else:
            words = _compared(_WORDS.findall("".join(gone)), _WORDS.findall("".join(come)))
            for kept, out, new in words:
                yield from _pieces(kept, out, new)


def _pieces(kept: Sequence[str], out: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for kind, words in (("kept", kept), ("gone", out), ("come", new)):
        if words:
            yield Piece(kind, "".join(words))


Compared = tuple[Sequence[str], Sequence[str], Sequence[str]]


def _compared(before: Sequence[str], after: Sequence[str]) -> Iterator[Compared]:
    """For each stretch what is the same, or else what was there and what is there instead."""
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if start:
        yield before[:start], (), ()
    if len(old) * len(new) > MOST_PAIRS:
        yield (), old, new
    else:
        for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            yield (old[a:b], (), ()) if kind == "equal" else ((), old[a:b], new[c:d])
    if end:
        yield before[len(before) - end :], (), ()


def _common(before: Sequence[str], after: Sequence[str]) -> int:
    pairs = zip(before, after, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))


def _joined(pieces: Iterator[Piece]) -> list[Piece]:
    """Neighbouring pieces of one kind are one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined
