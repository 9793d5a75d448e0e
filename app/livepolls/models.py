"""Flash polls, the concerns that come in, and the aspects they are gathered into."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.errors import Conflict
from app.events.cards import Hideable
from app.events.models import AgendaItem, Event
from app.submissions import Submitted

LONGEST_CONCERN = 500  # characters
PROPOSED_ASPECTS = 6


class PollState(StrEnum):
    """Where a poll stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class FlashPoll(Base):
    """One question, open for minutes."""

    __tablename__ = "flash_poll"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), unique=True
    )
    question: Mapped[str]
    state: Mapped[PollState] = mapped_column(default=PollState.DRAFT)
    hides_until_closed: Mapped[bool] = mapped_column(default=False)
    most_per_person: Mapped[int] = mapped_column(default=10)
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    suggestions_wanted: Mapped[bool] = mapped_column(default=False)

    event: Mapped[Event] = relationship()
    item: Mapped[AgendaItem] = relationship()
    aspects: Mapped[list["Aspect"]] = relationship(
        back_populates="poll", order_by="Aspect.position, Aspect.id"
    )

    @property
    def is_open(self) -> bool:
        """Whether concerns are taken."""
        return self.state == PollState.OPEN

    @property
    def is_frozen(self) -> bool:
        """Whether the aspects are chosen."""
        return self.frozen_at is not None

    @property
    def shows_concerns(self) -> bool:
        """Whether everybody sees what comes in."""
        return self.state == PollState.CLOSED or (self.is_open and not self.hides_until_closed)

    def open(self) -> None:
        """Take concerns, for the first time or again."""
        if self.is_frozen:
            raise Conflict(_l("The aspects are chosen already. Take that back first."))
        self.state = PollState.OPEN
        self.opened_at = self.opened_at or now()
        self.closed_at = None

    def close(self) -> None:
        """Take no more concerns, and ask for suggested groups."""
        self.state = PollState.CLOSED
        self.closed_at = now()
        self.suggestions_wanted = True

    def require_open(self) -> None:
        """Raise unless concerns are taken now."""
        if not self.is_open:
            raise Conflict(_l("The flash poll is closed. Nothing can be changed any more."))

    def require_unfrozen(self) -> None:
        """Raise if the aspects are chosen already."""
        if self.is_frozen:
            raise Conflict(_l("The aspects are chosen already. Take that back first."))


class Concern(Base, Submitted, Hideable):
    """One answer to a flash poll."""

    __tablename__ = "concern"

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(
        ForeignKey("flash_poll.id", ondelete="CASCADE"), index=True
    )
    aspect_id: Mapped[int | None] = mapped_column(
        ForeignKey("aspect.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str]
    submitted_text: Mapped[str]  # as first sent, so that a late retry is known as one
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]

    poll: Mapped[FlashPoll] = relationship()
    aspect: Mapped["Aspect | None"] = relationship(back_populates="concerns")

    @property
    def event_id(self) -> int:
        """The event it was voiced in."""
        return self.poll.event_id


class ConcernSupport(Base):
    """Somebody says *me too* to a concern: once, as the key has it."""

    __tablename__ = "concern_support"

    concern_id: Mapped[int] = mapped_column(
        ForeignKey("concern.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class Aspect(Base):
    """Concerns that mean the same, under a title; a chosen one becomes a topic block."""

    __tablename__ = "aspect"

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(
        ForeignKey("flash_poll.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)  # order of the chosen ones, from 1
    chosen: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=now)

    poll: Mapped[FlashPoll] = relationship(back_populates="aspects", lazy="joined")
    concerns: Mapped[list[Concern]] = relationship(back_populates="aspect", order_by=Concern.id)

    @property
    def event_id(self) -> int:
        """The event it was found in."""
        return self.poll.event_id

    @property
    def is_hidden(self) -> bool:
        """Moderators name aspects themselves, so there is nothing to hide."""
        return False

    def hide(self, _hidden: bool) -> None:
        """Refuse: an aspect is dissolved, not hidden."""
        raise Conflict


class Suggestion(Base):
    """Concerns that seem to mean the same; only a suggestion until a moderator accepts it."""

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(
        ForeignKey("flash_poll.id", ondelete="CASCADE"), index=True
    )
    aspect_id: Mapped[int | None] = mapped_column(ForeignKey("aspect.id", ondelete="CASCADE"))
    title: Mapped[str]
    certainty: Mapped[float]
    concern_ids: Mapped[list[int]]

    poll: Mapped[FlashPoll] = relationship(lazy="joined")

    @property
    def event_id(self) -> int:
        """The event of its poll."""
        return self.poll.event_id
