"""Threads and their posts."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.errors import Invalid
from app.events.models import Event
from app.forums.writing import Writing

LONGEST_POST = 2000  # characters


class Thread(Base):
    """One discussion, of a proposal for instance; the subject's kind is told by its name."""

    __tablename__ = "thread"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)

    event: Mapped[Event] = relationship()

    @property
    def channel(self) -> str:
        """Where the facts of this discussion are announced."""
        return f"thread:{self.id}"


class Post(Base, Writing):
    """What somebody says in a thread, perhaps in reply to another post of it."""

    __tablename__ = "post"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"), index=True)
    reply_to_id: Mapped[int | None] = mapped_column(
        ForeignKey("post.id", ondelete="SET NULL"), index=True
    )

    thread: Mapped[Thread] = relationship()
    reply_to: Mapped["Post | None"] = relationship(remote_side=id)

    @property
    def event_id(self) -> int:
        """The event that its thread is in."""
        return self.thread.event_id

    def require_answerable_in(self, thread: Thread) -> None:
        """Raise unless a post of this thread can reply to it."""
        if self.thread_id != thread.id or self.is_hidden:
            raise Invalid(_l("What you reply to is no longer there."))
