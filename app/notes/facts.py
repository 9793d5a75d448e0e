"""What can have happened in shared notes."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class NotesWritten(Fact):
    """Something was written, or deleted."""

    notes_id: int
    number: int


@dataclass(frozen=True)
class NotesKept(Fact):
    """What was written stands in their text."""

    notes_id: int
