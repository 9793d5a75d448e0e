"""Tags: words of a space by which its threads are found."""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base
from app.extensions import db
from app.forums.models import Thread

LONGEST_TAG = 40  # characters


class Tag(Base):
    """A word that the coordinators of a space have chosen; `folded` makes Care and care one."""

    __tablename__ = "tag"
    __table_args__ = (UniqueConstraint("space_id", "folded"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    space_id: Mapped[int] = mapped_column(ForeignKey("space.id", ondelete="CASCADE"))
    name: Mapped[str]
    folded: Mapped[str]


class ThreadTag(Base):
    """A thread that carries a tag."""

    __tablename__ = "thread_tag"

    thread_id: Mapped[int] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[int] = mapped_column(
        ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True, index=True
    )


def tagged(tag_id: int) -> ColumnElement[bool]:
    """Which threads carry this tag."""
    return (
        select(ThreadTag.thread_id)
        .where(ThreadTag.thread_id == Thread.id, ThreadTag.tag_id == tag_id)
        .exists()
    )


def tags_of(thread_ids: Iterable[int]) -> dict[int, list[Tag]]:
    """The tags of each of these threads that has any, in the order of the alphabet."""
    rows = db.session.execute(
        select(ThreadTag.thread_id, Tag)
        .join(Tag, Tag.id == ThreadTag.tag_id)
        .where(ThreadTag.thread_id.in_(list(thread_ids)))
        .order_by(Tag.folded)
    )
    found: dict[int, list[Tag]] = {}
    for thread_id, tag in rows:
        found.setdefault(thread_id, []).append(tag)
    return found


def tags_in_space(space_id: int) -> Sequence[Tag]:
    """All tags of a space."""
    return db.session.scalars(
        select(Tag).where(Tag.space_id == space_id).order_by(Tag.folded)
    ).all()


def tags_in_forum(forum_id: int) -> Sequence[Tag]:
    """The tags that shown threads of a forum carry: what its list can be filtered by."""
    carried = (
        select(ThreadTag.tag_id)
        .join(Thread, Thread.id == ThreadTag.thread_id)
        .where(Thread.forum_id == forum_id, Thread.hidden_at.is_(None))
    )
    return db.session.scalars(select(Tag).where(Tag.id.in_(carried)).order_by(Tag.folded)).all()
