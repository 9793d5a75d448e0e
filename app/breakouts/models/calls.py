"""What goes between the rooms and those who lead: requests for help, and messages."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.breakouts.models.rounds import Room, Round
from app.breakouts.models.times import local
from app.database import Base, now
from app.events.models import Participant
from app.submissions import Submitted

LONGEST_MESSAGE = 500  # characters


class HelpCall(Base):
    """A room asks those who lead to come; it stands until one of both sides takes it away."""

    __tablename__ = "help_call"

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), unique=True)
    asked_at: Mapped[datetime] = mapped_column(default=now)
    answered_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )

    room: Mapped[Room] = relationship(lazy="joined")
    answered_by: Mapped[Participant | None] = relationship(lazy="joined")

    @property
    def local_time(self) -> datetime | None:
        """When it came, by the clocks in the hall."""
        return local(self.asked_at, self.room.round.event)


class RoomMessage(Base, Submitted):
    """What those who lead say to one room, or to all rooms of a round."""

    __tablename__ = "room_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("room.id", ondelete="CASCADE"), index=True
    )  # none: all of them
    text: Mapped[str]
    submitted_text: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)

    round: Mapped[Round] = relationship(lazy="joined")
    room: Mapped[Room | None] = relationship(lazy="joined")

    @property
    def local_time(self) -> datetime | None:
        """When it was said, by the clocks in the hall."""
        return local(self.created_at, self.round.event)
