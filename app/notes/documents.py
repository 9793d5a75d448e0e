"""Whole documents: updates put together to one, and to the text that people read.

Pure, so that it can run in a process of its own; there is nothing in here but what `updates.read`
has let through.
"""

from collections.abc import Sequence
from typing import NamedTuple

from pycrdt import Doc, Text, merge_updates

from app.notes.updates import ROOT, Unreadable, contents

NUL = "\x00"  # which no database takes in a text


class Whole(NamedTuple):
    """A document with all that was ever in it, and its text."""

    document: bytes
    text: str
    pieces: int


def put_together(updates: Sequence[bytes]) -> Whole:
    """All these updates as one, and the text that they make."""
    document: Doc[Text] = Doc()
    text = document.get(ROOT, type=Text)
    for update in updates:
        document.apply_update(update)
    whole = document.get_update()
    if not _holds(whole, updates):
        whole = merge_updates(*updates)
    pieces = sum(len(texts) for _end, texts in contents(whole).values())
    return Whole(whole, str(text).replace(NUL, ""), pieces)


def _holds(whole: bytes, updates: Sequence[bytes]) -> bool:
    """Whether nothing has gone: where a letter of two halves is cut, the library miscounts."""
    ends: dict[int, int] = {}
    for update in updates:
        for client, (end, _texts) in contents(update).items():
            ends[client] = max(end, ends.get(client, 0))
    try:
        return {client: end for client, (end, _texts) in contents(whole).items()} == ends
    except Unreadable:
        return False
