"""What is planned for a round beyond its settings: pairs, prepared places, and people's wishes."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.breakouts.models.rounds import Room
from app.database import Base, now
from app.events.models import Participant

MOST_WISHES = 3


class Bond(StrEnum):
    """What holds for two people."""

    TOGETHER = "together"
    APART = "apart"


class Pair(Base):
    """Two people who are to share a room, or not to; in one round, or in all of an event."""

    __tablename__ = "round_pair"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    round_id: Mapped[int | None] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), index=True
    )
    first_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    second_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    bond: Mapped[Bond]

    first: Mapped[Participant] = relationship(foreign_keys=first_id)
    second: Mapped[Participant] = relationship(foreign_keys=second_id)

    @property
    def ids(self) -> tuple[int, int]:
        """The two people."""
        return self.first_id, self.second_id


class PreparedPlace(Base):
    """Where a moderator wants somebody to be when a round opens: a room by its number."""

    __tablename__ = "prepared_place"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    number: Mapped[int]


class Wish(Base):
    """A room that somebody would like to be in: their first, second or third wish."""

    __tablename__ = "round_wish"
    __table_args__ = (UniqueConstraint("round_id", "participant_id", "room_id"),)

    round_id: Mapped[int] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    rank: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)

    room: Mapped[Room] = relationship()


class SeatWanted(Base):
    """Somebody waits for a seat in a room that is full, since then."""

    __tablename__ = "seat_wanted"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    since: Mapped[datetime] = mapped_column(default=now)

    room: Mapped[Room] = relationship()
