"""What a thread was carried over from, and what was said there: a copy that discussions stand on.

Names are not copied: a piece knows its author's row, which forgets the name when its time is over.
"""

from datetime import datetime
from enum import StrEnum

from markupsafe import Markup
from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.events.models import Event, Participant
from app.forums.models import Thread


class SourceKind(StrEnum):
    """What becomes a thread."""

    ASPECT = "aspect"
    ROOM = "room"


class PieceKind(StrEnum):
    """What stands in a thread's origin; a room's report has three parts."""

    CONCERN = "concern"
    ANSWER = "answer"
    PROPOSAL = "proposal"
    COMMENT = "comment"
    CONTRIBUTION = "contribution"
    DISCUSSED = "discussed"
    REQUEST = "request"
    IDEAS = "ideas"
    NOTES = "notes"


class CarriedThread(Base):
    """An aspect or a room of an event goes on in a thread: once in each forum."""

    __tablename__ = "carried_thread"
    __table_args__ = (UniqueConstraint("forum_id", "kind", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    kind: Mapped[SourceKind]
    source_id: Mapped[int]
    title: Mapped[str]  # of the source, when it was carried over
    voices: Mapped[int | None]  # the people behind an aspect
    carried_at: Mapped[datetime] = mapped_column(default=now)

    thread: Mapped[Thread] = relationship()
    event: Mapped[Event] = relationship()
    pieces: Mapped[list["CarriedPiece"]] = relationship(
        back_populates="carried", order_by="CarriedPiece.position"
    )


class CarriedPiece(Base):
    """Something that was said in the event, as it was when it was carried over."""

    __tablename__ = "carried_piece"
    __table_args__ = (UniqueConstraint("carried_id", "kind", "source_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    carried_id: Mapped[int] = mapped_column(ForeignKey("carried_thread.id", ondelete="CASCADE"))
    kind: Mapped[PieceKind]
    source_id: Mapped[int]
    under_id: Mapped[int | None]  # a comment's proposal
    label: Mapped[str] = mapped_column(default="")  # a contribution's kind
    text: Mapped[str]
    html: Mapped[str] = mapped_column(default="")  # of what was written in Markdown
    voices: Mapped[int | None]
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    position: Mapped[int]
    gone_at: Mapped[datetime | None]  # withdrawn or hidden in the event

    carried: Mapped[CarriedThread] = relationship(back_populates="pieces")
    author: Mapped[Participant | None] = relationship()

    @property
    def body(self) -> Markup:
        """The words as HTML that is safe by its making."""
        return Markup(self.html)  # noqa: S704

    def take_words_back(self) -> None:
        """Its author or a moderator has taken it off the event's pages."""
        self.gone_at = now()
        self.text = self.html = ""
