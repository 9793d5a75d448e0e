"""What lies on the board beside the concerns: suggestions, who did what, what was taken apart."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.livepolls.models import FlashPoll


class Gesture(StrEnum):
    """What a moderator can do to the board in one go."""

    ACCEPT = "accept"
    ACCEPT_ALL = "accept_all"
    DISMISS = "dismiss"
    GATHER = "gather"
    SPLIT = "split"
    MOVE = "move"
    FREE = "free"
    RENAME = "rename"
    MERGE = "merge"
    DISSOLVE = "dissolve"
    SET_OFF_TOPIC = "set_off_topic"
    TAKE_UP = "take_up"
    HIDE = "hide"
    SHOW = "show"
    PUBLISH = "publish"
    CHOOSE = "choose"
    UNFREEZE = "unfreeze"
    ARRANGE = "arrange"


class Suggestion(Base):
    """Concerns that seem to mean the same; only a suggestion until a moderator accepts it."""

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(
        ForeignKey("flash_poll.id", ondelete="CASCADE"), index=True
    )
    aspect_id: Mapped[int | None] = mapped_column(ForeignKey("aspect.id", ondelete="CASCADE"))
    title: Mapped[str]
    certainty: Mapped[float]
    concern_ids: Mapped[list[int]]
    keywords: Mapped[str] = mapped_column(default="", server_default="")
    unsure_ids: Mapped[list[int]] = mapped_column(default=list, server_default="[]")
    near: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")
    by_meaning: Mapped[bool] = mapped_column(default=False, server_default=false())

    poll: Mapped[FlashPoll] = relationship(lazy="joined")

    @property
    def event_id(self) -> int:
        """The event of its poll."""
        return self.poll.event_id

    @property
    def fewest(self) -> int:
        """How many unsorted members it must have left to say anything."""
        return 1 if self.aspect_id is not None else 2


class BoardAction(Base):
    """One gesture, with what it changed: each thing as it was before, and as it was left."""

    __tablename__ = "board_action"
    __table_args__ = (Index(None, "poll_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    poll_id: Mapped[int] = mapped_column(ForeignKey("flash_poll.id", ondelete="CASCADE"))
    participant_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[Gesture]
    changes: Mapped[dict[str, Any]]
    created_at: Mapped[datetime] = mapped_column(default=now)
    undone_at: Mapped[datetime | None]
    undone_by_id: Mapped[int | None] = mapped_column(
        ForeignKey("participant.id", ondelete="SET NULL"), index=True
    )

    poll: Mapped[FlashPoll] = relationship(lazy="joined")

    @property
    def event_id(self) -> int:
        """The event of its poll."""
        return self.poll.event_id

    @property
    def turned_at(self) -> datetime:
        """When it was done, or taken back."""
        return self.undone_at or self.created_at

    @property
    def is_undone(self) -> bool:
        """Whether it was taken back."""
        return self.undone_at is not None


class Separation(Base):
    """A concern was taken out of an aspect by hand: no suggestion puts it back there.

    The aspect may be gone, and come back by an undo: so its number is no reference.
    """

    __tablename__ = "separation"

    concern_id: Mapped[int] = mapped_column(
        ForeignKey("concern.id", ondelete="CASCADE"), primary_key=True
    )
    aspect_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
