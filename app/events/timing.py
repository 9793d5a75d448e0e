"""What is done to a countdown, whatever it is that closes when it is over."""

from collections.abc import Callable
from typing import Generic, TypeVar

from app.events.countdowns import Timed
from app.events.facts import StepChanged
from app.extensions import db
from app.outbox import Fact, announce

Kind = TypeVar("Kind", bound=Timed)


class Timing(Generic[Kind]):
    """The countdowns of one kind: the fact that tells of them, and how such a thing is closed.

    What is given to its verbs is held.
    """

    def __init__(self, fact: Callable[[int], Fact], close: Callable[[Kind], None]) -> None:
        self._fact, self._close = fact, close

    def add(self, timed: Kind, seconds: int) -> None:
        """Begin a countdown, or give it more time."""
        timed.require_open()
        timed.add_time(seconds)
        self._tell(timed)

    def stop(self, timed: Kind) -> None:
        """Stay open until somebody closes it."""
        if timed.closes_at is not None:
            timed.closes_at = None
            self._tell(timed)

    def keep(self, timed: Kind) -> None:
        """Close it if it is still due."""
        if timed.is_due:
            self._close(timed)

    def _tell(self, timed: Kind) -> None:
        db.session.flush()
        announce(self._fact(timed.id), timed.event.channel)
        step = StepChanged(timed.event_id, timed.item_id, hall_too=False)
        announce(step, timed.event.channel)
