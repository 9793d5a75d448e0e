"""What can have happened to a file."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class FileKept(Fact):
    """A file stands with a post now; announced inside the transaction only."""

    file_id: int


@dataclass(frozen=True)
class FileDropped(Fact):
    """A file is gone; announced inside the transaction only, before its row is deleted."""

    file_id: int
