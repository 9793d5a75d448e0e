"""Flash polls, the concerns that come in, and the aspects they are gathered into."""

from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.errors import Conflict
from app.events.countdowns import Timed
from app.events.models import AgendaItem, Event
from app.livepolls.moderated import Moderated
from app.submissions import Submitted

LONGEST_CONCERN = 500  # characters
PROPOSED_ASPECTS = 6
MOST_CONCERNS = 10  # of one person, unless the moderators say otherwise


class PollState(StrEnum):
    """Where a poll stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class FlashPoll(Base, Timed):
    """One question, open for minutes; asked once more, it is another poll that follows this one."""

    __tablename__ = "flash_poll"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), unique=True
    )
    question: Mapped[str]
    state: Mapped[PollState] = mapped_column(default=PollState.DRAFT)
    hides_until_closed: Mapped[bool] = mapped_column(default=False)
    most_per_person: Mapped[int] = mapped_column(default=MOST_CONCERNS)
    is_named: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_moderated_before: Mapped[bool] = mapped_column(default=False, server_default=false())
    round: Mapped[int] = mapped_column(default=1, server_default="1")
    next_id: Mapped[int | None] = mapped_column(
        ForeignKey("flash_poll.id", ondelete="SET NULL"), unique=True
    )
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    suggestions_wanted: Mapped[bool] = mapped_column(default=False)
    suggested_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    item: Mapped[AgendaItem] = relationship()
    following: Mapped["FlashPoll | None"] = relationship(remote_side=id)
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
    def shows_new_concerns(self) -> bool:
        """Whether everybody sees what comes in."""
        return self.state == PollState.CLOSED or (self.is_open and not self.hides_until_closed)

    @property
    def shows_concerns(self) -> bool:
        """Whether everybody sees what has come in, at least until the aspects were chosen."""
        return self.shows_new_concerns or self.is_frozen

    def shows(self, concern: "Concern") -> bool:
        """Whether everybody sees this concern, unless it is hidden itself."""
        return self.shows_new_concerns or (self.is_frozen and not concern.is_late(self))

    @property
    def takes_supports(self) -> bool:
        """Whether *me too* counts still: neither are the aspects chosen, nor is it asked anew."""
        return not self.is_frozen and (self.is_open or self.next_id is None)

    def open(self) -> None:
        """Take concerns, for the first time or again; what comes after the choice is late."""
        if self.opened_at is None:
            self.start_countdown()
        self.state = PollState.OPEN
        self.opened_at = self.opened_at or now()
        self.closed_at = None

    def close(self) -> None:
        """Take no more concerns, and ask for suggested groups."""
        self.state = PollState.CLOSED
        self.closed_at, self.closes_at = now(), None
        self.suggestions_wanted = True

    def require_open(self) -> None:
        """Raise unless concerns are taken now."""
        if not self.is_open or self.is_due:
            raise Conflict(_l("The flash poll is closed. Nothing can be changed any more."))

    def require_supportable(self) -> None:
        """Raise unless *me too* counts now."""
        self.require_unfrozen()
        if not self.takes_supports:
            raise Conflict(_l("A new round has begun. What was said in this one stays as it was."))

    def require_unfrozen(self) -> None:
        """Raise if the aspects are chosen already."""
        if self.is_frozen:
            raise Conflict(_l("The aspects are chosen already. Take that back first."))


class Concern(Base, Submitted, Moderated):
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
    shown_again_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(default="", server_default="")
    is_named: Mapped[bool] = mapped_column(default=False, server_default=false())
    off_topic_at: Mapped[datetime | None]
    off_topic_reason: Mapped[str] = mapped_column(default="", server_default="")

    poll: Mapped[FlashPoll] = relationship()
    aspect: Mapped["Aspect | None"] = relationship(back_populates="concerns")

    @property
    def event_id(self) -> int:
        """The event it was voiced in."""
        return self.poll.event_id

    @property
    def is_off_topic(self) -> bool:
        """Whether it answers another question than the poll's."""
        return self.off_topic_at is not None

    @property
    def is_aside(self) -> bool:
        """Whether moderators have put it aside, for all or only for the sorting."""
        return self.is_hidden or self.is_off_topic

    @property
    def is_unsorted(self) -> bool:
        """Whether it still waits to be put into an aspect."""
        return self.aspect_id is None and not self.is_aside and self.withdrawn_at is None

    def is_late(self, poll: FlashPoll) -> bool:
        """Whether it came, or came back, after the aspects of its poll were chosen."""
        since = poll.frozen_at
        return since is not None and (self.shown_again_at or self.created_at) > since

    def hide(self, hidden: bool) -> None:
        """Take it off all pages, or bring it back. Its poll is held: nobody sorts it meanwhile."""
        super().hide(hidden)
        self.hidden_reason = ""
        if not hidden:
            self.shown_again_at = now()


class ConcernSupport(Base):
    """Somebody says *me too* to a concern: once, as the key has it."""

    __tablename__ = "concern_support"

    concern_id: Mapped[int] = mapped_column(
        ForeignKey("concern.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    wording_id: Mapped[int | None] = mapped_column(
        ForeignKey("concern_wording.id", ondelete="SET NULL"), index=True
    )  # of before, which this person supports; see `wordings`


class Aspect(Base):
    """Concerns that mean the same, under a title; a chosen one becomes a topic block."""

    __tablename__ = "aspect"
    __table_args__ = {"sqlite_autoincrement": True}  # its number is never another one's  # noqa: RUF012

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
