"""Forums, their threads, and the posts of every discussion."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, now
from app.errors import Conflict, Invalid
from app.events.models import Event, Participant
from app.forums.writing import Writing
from app.spaces.models import Space

LONGEST_COMMENT = 2000  # characters, in an event
LONGEST_POST = 20_000  # characters, in a forum
LONGEST_TITLE = 150  # characters
FORUM = "forum"  # the subject of threads that stand in a forum


class Forum(Base):
    """A topic forum of a space: a list of threads."""

    __tablename__ = "forum"

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"), index=True)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    thread_count: Mapped[int] = mapped_column(default=0)  # those that are shown
    created_at: Mapped[datetime] = mapped_column(default=now)
    archived_at: Mapped[datetime | None]

    space: Mapped[Space] = relationship(lazy="joined", innerjoin=True)

    @property
    def channel(self) -> str:
        """Where the facts of this forum are announced: its space's channel."""
        return f"space:{self.space_id}"


class Thread(Base):
    """One discussion: of a proposal in an event, or in a forum; `subject` names the kind."""

    __tablename__ = "thread"
    __table_args__ = (
        CheckConstraint("(event_id IS NULL) <> (forum_id IS NULL)", name="in_one_place"),
        Index("ix_thread_forum_order", "forum_id", "pinned_at", "last_post_id"),
        Index("ix_thread_forum_newest", "forum_id", "last_post_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int | None] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), index=True
    )
    forum_id: Mapped[int | None] = mapped_column(
        ForeignKey("forum.id", ondelete="CASCADE"), index=True
    )
    subject: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    post_count: Mapped[int] = mapped_column(default=0)  # those that are shown
    last_post_id: Mapped[int] = mapped_column(default=0)  # the newest one that is shown
    last_posted_at: Mapped[datetime] = mapped_column(default=now)
    accepted_post_id: Mapped[int | None] = mapped_column(
        ForeignKey("post.id", ondelete="SET NULL", use_alter=True)
    )
    pinned_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(  # it only marks where its posts are now
        ForeignKey("thread.id", ondelete="SET NULL"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(default=now)

    # One of the two is there; `event_id` and `forum_id` say which.
    event: Mapped[Event] = relationship()
    forum: Mapped[Forum] = relationship()
    account: Mapped[Account | None] = relationship()

    @property
    def space_id(self) -> int | None:
        """The space that its forum is in."""
        return self.forum.space_id if self.forum_id else None

    @property
    def is_open(self) -> bool:
        """Whether something can be written in it."""
        try:
            self.require_open()
        except Conflict:
            return False
        return True

    def require_open(self) -> None:
        """Raise unless something can be written in it."""
        if self.closed_at is not None or self.merged_into_id is not None:
            raise Conflict(_l("This thread is closed."))
        if self.forum_id and (self.forum.archived_at or self.forum.space.archived_at):
            raise Conflict(_l("This forum is closed."))

    @property
    def channel(self) -> str:
        """Where the facts of this discussion are announced."""
        return f"thread:{self.id}"


class Post(Base, Writing):
    """What somebody says in a thread, perhaps in reply to another post of it."""

    __tablename__ = "post"
    __table_args__ = (
        UniqueConstraint("participant_id", "key"),
        UniqueConstraint("account_id", "key"),
        Index(None, "thread_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    reply_to_id: Mapped[int | None] = mapped_column(
        ForeignKey("post.id", ondelete="SET NULL"), index=True
    )
    hidden_reason: Mapped[str] = mapped_column(default="")

    thread: Mapped[Thread] = relationship(foreign_keys=thread_id)
    account: Mapped[Account | None] = relationship()
    reply_to: Mapped["Post | None"] = relationship(remote_side=id)

    @property
    def event_id(self) -> int | None:
        """The event that its thread is in."""
        return self.thread.event_id

    @property
    def space_id(self) -> int | None:
        """The space that its thread is in."""
        return self.thread.space_id

    @property
    def signed_by(self) -> Account | Participant | None:
        """Who wrote it: somebody in the event, or a member; nobody once they are gone."""
        return self.account or self.author

    def require_answerable_in(self, thread: Thread) -> None:
        """Raise unless a post of this thread can reply to it."""
        if self.thread_id != thread.id or self.is_hidden:
            raise Invalid(_l("What you reply to is no longer there."))


class Reading(Base):
    """How far somebody has read a thread."""

    __tablename__ = "reading"

    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True
    )
    thread_id: Mapped[int] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    post_id: Mapped[int]  # up to and with this one
    read_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
