"""Who does what for their room: one leads through the talk, one takes notes."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.breakouts.models.rounds import Room, RoundState
from app.database import Base, now
from app.events.models import LEASE, Participant

PASSES_AFTER = timedelta(minutes=1)  # since somebody was last heard of
BEFORE_THE_TALK = (RoundState.PLANNED, RoundState.CHOOSING)  # nobody has a part yet


class Part(StrEnum):
    """What somebody does for their room."""

    FACILITATOR = "facilitator"
    NOTES = "notes"


class Nomination(Base):
    """Somebody who is to have a part in a round, whichever room they are in when it begins."""

    __tablename__ = "nomination"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    part: Mapped[Part]
    declined_at: Mapped[datetime | None]  # when they said that they would rather not

    person: Mapped[Participant] = relationship(lazy="joined")

    def decline(self) -> None:
        """They would rather not, since they first said so."""
        self.declined_at = self.declined_at or now()

    def agree(self) -> None:
        """They do not mind any more."""
        self.declined_at = None


class Duty(Base):
    """A part that somebody has taken in a room; each is one person's at most."""

    __tablename__ = "duty"
    __table_args__ = (UniqueConstraint("room_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    part: Mapped[Part]
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    passes_at: Mapped[datetime | None] = mapped_column(index=True)  # set while its holder is away

    room: Mapped[Room] = relationship(lazy="joined")
    person: Mapped[Participant] = relationship(lazy="joined")

    def holder_left(self) -> None:
        """Its holder was last heard of as long ago as a lease takes to run out."""
        self.passes_at = now() + PASSES_AFTER - LEASE

    def holder_is_back(self) -> None:
        """It stays with them."""
        self.passes_at = None
