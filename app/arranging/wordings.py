"""The wordings of a text, each with what had changed then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from app.arranging.differences import Piece, differences
from app.offload import run_aside

MOST = 20  # wordings that one page compares

Said = tuple[datetime, str]


@dataclass(frozen=True)
class Wording:
    """A text as it was from a moment on, and what had changed then; the first changed nothing."""

    written_at: datetime
    pieces: list[Piece]
    is_first: bool


def wordings(texts: Sequence[Said]) -> list[Wording]:
    """The latest of these wordings, which come the newest first; compared off the event loop."""
    return run_aside(_compared, list(texts[:MOST]), len(texts) <= MOST)


def _compared(texts: list[Said], complete: bool) -> list[Wording]:
    changed = [Wording(at, differences(old, new), False) for (at, new), (_, old) in pairwise(texts)]
    at, first = texts[-1]
    return [*changed, Wording(at, [Piece("kept", first)], True)] if complete else changed
