"""What posts said before they were edited."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, delete, select
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, now
from app.extensions import db
from app.forums.models import Post


class Version:
    """Columns of an earlier wording of anything."""

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    written_at: Mapped[datetime]
    replaced_at: Mapped[datetime] = mapped_column(default=now)


class PostVersion(Base, Version):
    """An earlier wording of a post."""

    __tablename__ = "post_version"

    post_id: Mapped[int] = mapped_column(ForeignKey("post.id", ondelete="CASCADE"), index=True)


def keep_version(post: Post) -> None:
    """Keep what the post says now, before it is said differently."""
    written_at = post.edited_at or post.created_at
    db.session.add(PostVersion(post_id=post.id, text=post.text, written_at=written_at))


def forget_versions(post: Post) -> None:
    """What was taken back has never been said."""
    db.session.execute(delete(PostVersion).where(PostVersion.post_id == post.id))


def versions_of(post: Post) -> Sequence[PostVersion]:
    """The earlier wordings of a post, the latest first."""
    return db.session.scalars(
        select(PostVersion).where(PostVersion.post_id == post.id).order_by(PostVersion.id.desc())
    ).all()
