"""What can have happened to the picture of a poll's words."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class CloudDrawn(Fact):
    """The picture of a poll's words has changed."""

    poll_id: int
