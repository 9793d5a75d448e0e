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
class ThreadActive(Fact):
    """A forum's thread looks different in lists: another newest post, number of posts, title."""

    forum_id: int
    thread_id: int


@dataclass(frozen=True)
class ThreadOpened(Fact):
    """A thread is new in a forum."""

    thread_id: int


@dataclass(frozen=True)
class OwnPostsChanged(Fact):
    """One person has written or withdrawn a post."""

    participant_id: int


@dataclass(frozen=True)
class ForumChanged(Fact):
    """A forum is new, or has another title, description, place or number of threads."""

    forum_id: int


@dataclass(frozen=True)
class ThreadChanged(Fact):
    """A forum's thread is new, or something about it other than its posts has changed."""

    thread_id: int


@dataclass(frozen=True)
class ReadersChanged(Fact):
    """Who could read a thread perhaps may no longer: what it is about is hidden, for instance."""

    thread_id: int


@dataclass(frozen=True)
class ThreadsRead(Fact):
    """Somebody has read on in threads; for those who keep what is new to them, on no channel."""

    account_id: int
