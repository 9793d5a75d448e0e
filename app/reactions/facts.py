"""What can have happened with reactions."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class ReactionsChanged(Fact):
    """Somebody has reacted to a post, or taken it back."""

    thread_id: int
    post_id: int


@dataclass(frozen=True)
class OwnReactionsChanged(Fact):
    """One person's reactions to a post have changed."""

    account_id: int
    post_id: int
