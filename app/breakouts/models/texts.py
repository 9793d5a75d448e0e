"""What people write in rooms: contributions, and the room's report."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.breakouts.models.rounds import Room
from app.database import Base, now
from app.events.cards import Hideable
from app.events.models import Participant
from app.submissions import Submitted

LONGEST_CONTRIBUTION = 1000  # characters
LONGEST_REPORT_PART = 2000


class Kind(StrEnum):
    """What a contribution is."""

    EXPERIENCE = "experience"
    CONCERN = "concern"
    IMPULSE = "impulse"


class Contribution(Base, Submitted, Hideable):
    """An experience, a concern or an impulse, written in a room."""

    __tablename__ = "contribution"

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    kind: Mapped[Kind]
    text: Mapped[str]
    submitted_text: Mapped[str]  # as first sent, so that a late retry is known as one
    created_at: Mapped[datetime] = mapped_column(default=now)
    edited_at: Mapped[datetime | None]
    reworded_at: Mapped[datetime | None]  # if what it says now is a moderator's wording
    version: Mapped[int] = mapped_column(default=0, server_default="0")  # who edits names it

    room: Mapped[Room] = relationship(lazy="joined")
    author: Mapped[Participant | None] = relationship(lazy="joined")

    @property
    def event_id(self) -> int:
        """The event it was written in."""
        return self.room.round.event_id


class Report(Base):
    """What a room hands in: what was discussed, what it asks of the centre, and ideas."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), unique=True)
    discussed: Mapped[str] = mapped_column(default="")
    request: Mapped[str] = mapped_column(default="")
    ideas: Mapped[str] = mapped_column(default="")
    version: Mapped[int] = mapped_column(default=0)
    changed_at: Mapped[datetime] = mapped_column(default=now)
    changed_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL")
    )

    room: Mapped[Room] = relationship(lazy="joined")

    @property
    def event_id(self) -> int:
        """The event whose room hands it in."""
        return self.room.round.event_id

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in it."""
        return not (self.discussed or self.request or self.ideas)
