"""What can have happened when an event is carried over."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class OriginChanged(Fact):
    """What stands as the origin of a thread has become more, or lost words."""

    thread_id: int
