"""What can have happened in a discussion."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class PostWritten(Fact):
    """A new post stands in a thread."""

    thread_id: int
    post_id: int


@dataclass(frozen=True)
class PostChanged(Fact):
    """A post was edited or withdrawn."""

    thread_id: int
    post_id: int


@dataclass(frozen=True)
class OwnPostsChanged(Fact):
    """One person has written or withdrawn a post."""

    participant_id: int
