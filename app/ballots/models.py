"""Ballots, their options, and the votes that people cast in each of their rounds."""

import secrets
from datetime import datetime
from enum import StrEnum

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.addresses import MOST_ID
from app.database import Base, now
from app.errors import Conflict
from app.events.countdowns import Timed
from app.events.models import AgendaItem, Event
from app.events.repeating import require_comparable

LONGEST_QUESTION = 300  # characters
LONGEST_OPTION = 120
LONGEST_REASON = 300
MOST_OPTIONS = 50


class BallotKind(StrEnum):
    """What people do in it; the name of the step's kind, too."""

    CHOICE = "choice"
    SCALE = "scale"
    DOTS = "dots"
    FEEDBACK = "feedback"  # a scale, and why


class BallotState(StrEnum):
    """Where a ballot stands."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Source(StrEnum):
    """Where its options come from."""

    GIVEN = "given"
    ASPECTS = "aspects"
    PROPOSALS = "proposals"


class Ballot(Base, Timed):
    """One question with given answers."""

    __tablename__ = "ballot"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), unique=True
    )
    kind: Mapped[BallotKind]
    question: Mapped[str]
    state: Mapped[BallotState] = mapped_column(default=BallotState.DRAFT)
    round: Mapped[int] = mapped_column(default=1)
    shows_live: Mapped[bool] = mapped_column(default=False)
    source: Mapped[Source] = mapped_column(default=Source.GIVEN)
    most: Mapped[int] = mapped_column(default=1)  # options or dots of one person
    stacking: Mapped[bool] = mapped_column(default=True)  # several dots on one option
    lowest: Mapped[int] = mapped_column(default=1)
    highest: Mapped[int] = mapped_column(default=5)
    lowest_label: Mapped[str] = mapped_column(default="")
    highest_label: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    item: Mapped[AgendaItem] = relationship()
    options: Mapped[list["BallotOption"]] = relationship(
        back_populates="ballot",
        order_by="BallotOption.position, BallotOption.id",
        cascade="all, delete-orphan",
    )

    @property
    def is_draft(self) -> bool:
        """Whether it was never opened, and only moderators know what it will ask."""
        return self.state == BallotState.DRAFT

    @property
    def is_open(self) -> bool:
        """Whether votes are taken."""
        return self.state == BallotState.OPEN

    @property
    def is_closed(self) -> bool:
        """Whether votes were taken, and are no longer."""
        return self.state == BallotState.CLOSED

    @property
    def shows_results(self) -> bool:
        """Whether everybody sees the result, as far as it has come."""
        return self.is_closed or (self.is_open and self.shows_live)

    @property
    def has_scale(self) -> bool:
        """Whether people choose a number, and not options."""
        return self.kind in (BallotKind.SCALE, BallotKind.FEEDBACK)

    @property
    def asks_why(self) -> bool:
        """Whether there is a line for a reason."""
        return self.kind == BallotKind.FEEDBACK

    @property
    def values(self) -> range:
        """The numbers to choose from."""
        return range(self.lowest, self.highest + 1) if self.has_scale else range(0)

    def open(self) -> None:
        """Take votes, for the first time or again, with the countdown that the agenda wants."""
        if self.opened_at is None:
            self.start_countdown()
        self.state, self.closed_at = BallotState.OPEN, None
        self.opened_at = self.opened_at or now()

    def close(self) -> None:
        """Take no more votes."""
        self.state, self.closed_at, self.closes_at = BallotState.CLOSED, now(), None

    def begin_round(self) -> None:
        """Ask everybody anew; what was said before is kept beside it."""
        if not self.is_closed:
            raise Conflict(_l("Close the vote first."))
        require_comparable(self.round)
        self.round += 1
        self.state, self.closed_at = BallotState.OPEN, None
        self.start_countdown()

    def require_open(self) -> None:
        """Raise unless votes are taken now."""
        if not self.is_open or self.is_due:
            raise Conflict(_l("The vote is closed. Nothing can be changed any more."))


class BallotOption(Base):
    """One of the options; its words stay as they were when it was voted on.

    Those of a proposal that was hidden or taken back are nowhere to be read, here neither.
    """

    __tablename__ = "ballot_option"

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    text: Mapped[str]
    aspect_id: Mapped[int | None] = mapped_column(
        ForeignKey("aspect.id", ondelete="SET NULL"), index=True
    )
    proposal_id: Mapped[int | None] = mapped_column(
        ForeignKey("proposal.id", ondelete="SET NULL"), index=True
    )

    is_withheld: Mapped[bool] = mapped_column(default=False)  # a neutral word stands for its own

    ballot: Mapped[Ballot] = relationship(back_populates="options")


class Vote(Base):
    """What one person says in one round: once, as the key has it; whose it is nobody is shown."""

    __tablename__ = "vote"
    __table_args__ = (UniqueConstraint("ballot_id", "round", "participant_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    # What pages call it: ids tell in which order people voted.
    key: Mapped[int] = mapped_column(
        default=lambda: secrets.randbelow(MOST_ID) + 1, index=True, unique=True
    )
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"))
    round: Mapped[int]
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    value: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")
    cast_at: Mapped[datetime] = mapped_column(default=now)
    hidden_at: Mapped[datetime | None]  # the reason alone: the vote counts

    ballot: Mapped[Ballot] = relationship()

    @property
    def event_id(self) -> int:
        """The event of its ballot."""
        return self.ballot.event_id

    @property
    def is_hidden(self) -> bool:
        """Whether its reason is off all pages."""
        return self.hidden_at is not None

    def hide(self, hidden: bool) -> None:
        """Take the reason off all pages, or bring it back."""
        self.hidden_at = now() if hidden else None


class VoteMark(Base):
    """An option that somebody chose, or the dots that they put there."""

    __tablename__ = "vote_mark"

    vote_id: Mapped[int] = mapped_column(
        ForeignKey("vote.id", ondelete="CASCADE"), primary_key=True
    )
    option_id: Mapped[int] = mapped_column(
        ForeignKey("ballot_option.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    dots: Mapped[int] = mapped_column(default=1)
