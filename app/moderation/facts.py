"""What can have happened when coordinators look after their space.

A hidden or restored post is just a `PostChanged`, and such a thread a `ThreadChanged` as well,
so that whatever shows posts follows without knowing of moderation.
"""

from dataclasses import dataclass

from app.outbox import Fact


@dataclass(frozen=True)
class ThreadHidden(Fact):
    """A thread is read by coordinators only; who else reads it now is shut out."""

    thread_id: int


@dataclass(frozen=True)
class ReportsChanged(Fact):
    """There is another report in a space, or one less that waits; for its coordinators only."""

    space_id: int


@dataclass(frozen=True)
class ReportSettled(Fact):
    """Somebody has decided about a report; for the one who made it."""

    report_id: int
