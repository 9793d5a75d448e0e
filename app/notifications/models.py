"""What people wish to be told of, what they are to be told, and what they were told."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Account
from app.database import Base, now
from app.forums.models import Post, Thread
from app.spaces.models import Space
from config import TIME_ZONE


class Level(StrEnum):
    """Of how much somebody is told."""

    ALL = "all"
    MENTIONS = "mentions"
    DIGEST = "digest"
    SILENT = "silent"


class Rhythm(StrEnum):
    """How often what is gathered comes by mail."""

    DAILY = "daily"
    WEEKLY = "weekly"
    NEVER = "never"


class Way(StrEnum):
    """On which way somebody is told, other than in the page."""

    MAIL = "mail"
    DIGEST = "digest"


class Reason(StrEnum):
    """Why somebody is told of a post."""

    MENTION = "mention"  # it names them
    REPLY = "reply"  # it replies to a post of theirs
    ANSWER = "answer"  # it answers a thread that they began
    POST = "post"  # they wish to hear of everything there


class Preferences(Base):
    """What somebody has chosen for everything, and when their digest comes."""

    __tablename__ = "notification_preferences"
    __table_args__ = (Index(None, "next_digest_at"),)

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True
    )
    level: Mapped[Level] = mapped_column(default=Level.MENTIONS)
    rhythm: Mapped[Rhythm] = mapped_column(default=Rhythm.WEEKLY)
    weekday: Mapped[int] = mapped_column(default=0)  # 0 is Monday
    hour: Mapped[int] = mapped_column(default=8)
    time_zone: Mapped[str] = mapped_column(default=TIME_ZONE)
    event_digest: Mapped[bool] = mapped_column(default=True)
    next_digest_at: Mapped[datetime | None]


class SpaceLevel(Base):
    """What somebody has chosen for a space."""

    __tablename__ = "space_notification_level"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True
    )
    space_id: Mapped[int] = mapped_column(
        ForeignKey(Space.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    level: Mapped[Level]


class ThreadLevel(Base):
    """What somebody has chosen for a thread."""

    __tablename__ = "thread_notification_level"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True
    )
    thread_id: Mapped[int] = mapped_column(
        ForeignKey(Thread.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    level: Mapped[Level]


class NotificationWork(Base):
    """A post of which nobody has been told yet; written with it."""

    __tablename__ = "notification_work"

    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id, ondelete="CASCADE"), primary_key=True)
    is_new: Mapped[bool] = mapped_column(default=False)  # not only edited, to name somebody


class NotificationEntry(Base):
    """The ledger: one person is told of one post, on which way and when; one row, so never twice.

    `waits_for` is the way on which they are still to be told, beside the page.
    """

    __tablename__ = "notification_entry"
    __table_args__ = (
        Index(None, "waits_for", "account_id"),
        Index(None, "account_id", "seen_at"),
        Index(None, "created_at"),
    )

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True
    )
    post_id: Mapped[int] = mapped_column(
        ForeignKey(Post.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    reason: Mapped[Reason]
    created_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime | None]  # in the page
    waits_for: Mapped[Way | None]
    told_by: Mapped[Way | None]
    told_at: Mapped[datetime | None]


class ThreadMail(Base):
    """When somebody was last sent a mail about a thread, so that a busy one is gathered."""

    __tablename__ = "thread_mail"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True
    )
    thread_id: Mapped[int] = mapped_column(
        ForeignKey(Thread.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    last_at: Mapped[datetime]


class MailLink(Base):
    """A link in a mail that opens one thread, once; only the hash of its secret is here."""

    __tablename__ = "mail_link"
    __table_args__ = (Index(None, "ends_at"),)

    hash: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey(Thread.id, ondelete="CASCADE"), index=True)
    post_id: Mapped[int | None]  # where in the thread it leads
    created_at: Mapped[datetime] = mapped_column(default=now)
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
