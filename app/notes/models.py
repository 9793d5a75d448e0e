"""Shared notes: what they are now, and what was written since that was last put together."""

import secrets
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.breakouts.models import Room
from app.database import Base, now

MOST_BYTES = 160 * 1024  # of a document with all that was ever deleted in it
MOST_CHARACTERS = 30_000
MOST_PIECES = 6000  # who means harm can make the time that they take grow with their square


def new_epoch() -> str:
    """A name for a document from its first letter on: what was written in another never fits."""
    return secrets.token_hex(8)


class Notes(Base):
    """The notes of a room; their document is never made anew from their text."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), unique=True)
    epoch: Mapped[str] = mapped_column(default=new_epoch)
    version: Mapped[int] = mapped_column(default=0)  # the number of the last update
    kept_to: Mapped[int] = mapped_column(default=0)  # the last one that is in document and text
    keep_at: Mapped[datetime | None] = mapped_column(index=True)  # when the rest is to be put in
    size: Mapped[int] = mapped_column(default=0)  # bytes of the document and of what came since
    length: Mapped[int] = mapped_column(default=0)  # characters, as if nothing had gone since
    pieces: Mapped[int] = mapped_column(default=0)  # of which it is made, as if none were one since
    created_at: Mapped[datetime] = mapped_column(default=now)
    hidden_at: Mapped[datetime | None]
    text: Mapped[str] = mapped_column(default="")
    document: Mapped[bytes] = mapped_column(LargeBinary, default=b"", deferred=True)

    room: Mapped[Room] = relationship(lazy="joined")

    @property
    def event_id(self) -> int:
        """The event in which they are written."""
        return self.room.round.event_id

    @property
    def channel(self) -> str:
        """Where what is written is announced."""
        return channel_of(self.room_id)

    @property
    def is_kept(self) -> bool:
        """Whether all that was written is in the document and the text."""
        return self.kept_to == self.version

    @property
    def is_hidden(self) -> bool:
        """Whether only those who were in the room see them."""
        return self.hidden_at is not None

    def hide(self, hidden: bool) -> None:
        """Take them off all pages but their room's, or bring them back."""
        self.hidden_at = now() if hidden else None


def channel_of(room_id: int) -> str:
    """Where what is written in the notes of a room is announced."""
    return f"notes:{room_id}"


class NotesUpdate(Base):
    """What one page has written, until it is put together with all else and old."""

    __tablename__ = "notes_update"

    notes_id: Mapped[int] = mapped_column(
        ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    data: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(default=now)


class NotesWriter(Base):
    """A page that has written: nobody else writes in its name, and nothing of it is left out."""

    __tablename__ = "notes_writer"

    notes_id: Mapped[int] = mapped_column(
        ForeignKey("notes.id", ondelete="CASCADE"), primary_key=True
    )
    client: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    clock: Mapped[int] = mapped_column(default=0)  # how much it has written
