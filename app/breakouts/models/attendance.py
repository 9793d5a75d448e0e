"""Who was in which room, from when till when: for the organisers, and only for a time."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.breakouts.models.rounds import Room
from app.database import Base, now
from app.events.models import Participant


class Stay(Base):
    """A while that somebody spent in a room, without going away; nobody is in two at once."""

    __tablename__ = "stay"
    __table_args__ = (
        Index(
            "uq_stay_going_on",
            "round_id",
            "participant_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), index=True
    )
    since: Mapped[datetime] = mapped_column(default=now)
    until: Mapped[datetime | None]  # none as long as they are there

    room: Mapped[Room] = relationship()
    person: Mapped[Participant] = relationship(lazy="joined")
