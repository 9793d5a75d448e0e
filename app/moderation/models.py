"""Reports of posts, and the log of what coordinators have done."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, event
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, now
from app.forums.models import Post, Thread

LONGEST_REASON = 500  # characters


class Outcome(StrEnum):
    """What became of a report."""

    HIDDEN = "hidden"
    RESTORED = "restored"  # it was hidden, and shown again
    DISMISSED = "dismissed"


class PostReport(Base):
    """Somebody asks the coordinators to look at a post; nobody is told who it was."""

    __tablename__ = "post_report"
    __table_args__ = (UniqueConstraint("post_id", "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)
    settled_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None]

    post: Mapped[Post] = relationship()

    def settle(self, outcome: Outcome | None) -> None:
        """Say what became of it; none opens it again."""
        self.outcome = outcome
        self.settled_at = now() if outcome else None


class ModerationEntry(Base):
    """What a coordinator has done, when and why; never changed, and gone only with its space."""

    __tablename__ = "moderation_entry"
    __table_args__ = (Index(None, "space_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    deed: Mapped[str]
    thread_id: Mapped[int | None] = mapped_column(
        ForeignKey("thread.id", ondelete="SET NULL"), index=True
    )
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("post.id", ondelete="SET NULL"), index=True
    )
    title: Mapped[str]  # the thread's at that time
    detail: Mapped[str] = mapped_column(default="")  # from where, from whom, the earlier title
    reason: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account | None] = relationship()
    thread: Mapped[Thread | None] = relationship()


@event.listens_for(ModerationEntry, "before_update")
@event.listens_for(ModerationEntry, "before_delete")
def _refuse(_mapper: Any, _connection: Any, _entry: ModerationEntry) -> None:
    raise RuntimeError("the log is only written on")
