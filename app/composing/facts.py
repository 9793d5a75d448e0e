"""What can have happened while somebody composed a post."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class PeopleMentioned(Fact):
    """A post now names people who may read it, and whom it did not name before."""

    post_id: int
    account_ids: tuple[int, ...]


@dataclass(frozen=True)
class CardsChanged(Fact):
    """What the cards of links in a post show, or may show, has changed."""

    thread_id: int
    post_id: int
