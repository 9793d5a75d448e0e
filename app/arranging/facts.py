"""What can have happened to the order of threads.

Besides these, every thread that has changed is announced as a `ThreadChanged`.
"""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class ThreadArranged(Fact):
    """Somebody has put a thread in order; only followed, for the log."""

    space_id: int
    thread_id: int
    account_id: int
    deed: str
    detail: str = ""
    post_id: int | None = None


@dataclass(frozen=True)
class ThreadMoved(Fact):
    """A thread stands in another forum, and perhaps in another space."""

    thread_id: int
    from_forum_id: int
    to_forum_id: int
    changes_space: bool


@dataclass(frozen=True)
class ThreadLeft(Fact):
    """A thread stands no longer in a forum of this space, or in another of its forums."""

    thread_id: int


@dataclass(frozen=True)
class ThreadsMerged(Fact):
    """All posts of a thread stand in another; the first only marks where they are."""

    thread_id: int
    into_id: int
    changes_space: bool


@dataclass(frozen=True)
class ThreadRegrouped(Fact):
    """Posts have left a thread, or come to it from another: its pages are read anew."""

    thread_id: int
