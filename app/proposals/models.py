"""Proposals, who supports them, and official answers."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.breakouts.models import Report
from app.commitments import State
from app.database import Base, now
from app.errors import Conflict
from app.events.models import AgendaItem, Event
from app.forums.models import Thread
from app.forums.writing import Writing
from app.livepolls.models import Aspect

LONGEST_PROPOSAL = 2000  # characters
LONGEST_ANSWER = 4000
LONGEST_REASON = 500
STEP = "proposals"


class Proposal(Base, Writing):
    """A proposed solution under an aspect, with its own discussion.

    What a moderator has merged into another one is read under that, `within` it, however many
    mergers led there; `merged_into` is the one that it was put into itself.
    """

    __tablename__ = "proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    aspect_id: Mapped[int] = mapped_column(ForeignKey("aspect.id"), index=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id"), unique=True)
    merged_into_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal.id", ondelete="SET NULL"), index=True
    )
    within_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal.id", ondelete="SET NULL"), index=True
    )
    merged_at: Mapped[datetime | None]

    aspect: Mapped[Aspect] = relationship()
    thread: Mapped[Thread] = relationship()

    @property
    def event_id(self) -> int:
        """The event that it was written in."""
        return self.aspect.event_id

    @property
    def standing_id(self) -> int:
        """The proposal under which it is read: itself, unless it was merged."""
        return self.within_id or self.id


class ProposalSupport(Base):
    """Somebody supports a proposal: once, as the key has it."""

    __tablename__ = "proposal_support"

    proposal_id: Mapped[int] = mapped_column(
        ForeignKey("proposal.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ProposalFlag(Base):
    """Somebody asks the moderators to look at a proposal; nobody is told who it was."""

    __tablename__ = "proposal_flag"
    __table_args__ = (UniqueConstraint("proposal_id", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    proposal_id: Mapped[int] = mapped_column(ForeignKey("proposal.id", ondelete="CASCADE"))
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]

    proposal: Mapped[Proposal] = relationship()


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
    organisation: Mapped[str] = mapped_column(default="")  # for which it was said
    state: Mapped[State | None]  # what it commits itself to; a room's request stands by itself
    why: Mapped[str] = mapped_column(default="")
    state_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    aspect: Mapped[Aspect | None] = relationship()
    report: Mapped[Report | None] = relationship()

    @property
    def stands_since(self) -> datetime:
        """Since when it says, and commits itself to, what it does now."""
        return max([self.created_at, *(at for at in (self.edited_at, self.state_at) if at)])

    @property
    def is_revised(self) -> bool:
        """Whether it said, or committed itself to, something else before."""
        return self.stands_since > self.created_at

    def commit_to(self, state: State | None, why: str, at: datetime | None = None) -> None:
        """Commit to something, perhaps to nothing any more, and say why."""
        if (state, why) != (self.state, self.why):
            self.state, self.why, self.state_at = state, why, at or now()

    def withdraw(self) -> None:
        """Take it back, and with the words what it committed itself to."""
        super().withdraw()
        self.state, self.why = None, ""


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
