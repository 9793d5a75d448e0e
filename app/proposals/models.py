"""Proposals, who supports them, and official answers."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.breakouts.models import Report
from app.database import Base
from app.errors import Conflict
from app.events.models import AgendaItem, Event
from app.forums.models import Thread
from app.forums.writing import Writing
from app.livepolls.models import Aspect

LONGEST_PROPOSAL = 2000  # characters
LONGEST_ANSWER = 4000
STEP = "proposals"


class Proposal(Base, Writing):
    """A proposed solution under an aspect, with its own discussion."""

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    aspect_id: Mapped[int] = mapped_column(ForeignKey("aspect.id"), index=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), unique=True)

    aspect: Mapped[Aspect] = relationship()
    thread: Mapped[Thread] = relationship()

    @property
    def event_id(self) -> int:
        """The event that it was written in."""
        return self.aspect.event_id


class ProposalSupport(Base):
    """Somebody supports a proposal: once, as the key has it."""

    __tablename__ = "proposal_support"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class OfficialAnswer(Base, Writing):
    """What a host or a moderator answers officially, to an aspect or to a room's request."""

    __tablename__ = "official_answer"
    __table_args__ = (
        UniqueConstraint("participant_id", "key"),
        CheckConstraint("(aspect_id IS NULL) <> (report_id IS NULL)", name="one_subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    aspect_id: Mapped[int | None] = mapped_column(ForeignKey("aspect.id"), index=True)
    report_id: Mapped[int | None] = mapped_column(ForeignKey("report.id"), index=True)

    event: Mapped[Event] = relationship()
    aspect: Mapped[Aspect | None] = relationship()
    report: Mapped[Report | None] = relationship()


def require_taking(aspect: Aspect) -> None:
    """Raise unless proposals can be written under this aspect now."""
    require_frozen(aspect)
    if not aspect.chosen:
        raise Conflict(_l("This aspect was not chosen. Please write under one that was."))
    steps = [item for item in aspect.poll.event.items if item.kind == STEP]
    if steps and not any(_has_come(step) for step in steps):
        raise Conflict(
            _l(
                "Solution proposals can be written from the step “%(step)s” on.",
                step=steps[0].title,
            )
        )


def require_frozen(aspect: Aspect) -> None:
    """Raise while moderators still sort: an aspect may yet vanish."""
    if not aspect.poll.is_frozen:
        raise Conflict(_l("The aspects are not chosen yet. Please wait a moment."))


def is_taking(aspect: Aspect) -> bool:
    """Whether proposals can be written under this aspect now."""
    try:
        require_taking(aspect)
    except Conflict:
        return False
    return True


def _has_come(step: AgendaItem) -> bool:
    """Whether the hall is at this step, was at it, or has gone past it."""
    current = step.event.current_item
    return step.started_at is not None or (
        current is not None and current.position >= step.position
    )
