"""What can have happened to what somebody is told."""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class NotificationsChanged(Fact):
    """Somebody has something new to hear of, or has seen it."""

    account_id: int
