"""Tables of what a post says besides its words, and of what is not sent yet."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.accounts.models import Account
from app.database import Base, now
from app.forums.models import Post

LONGEST_TITLE = 150  # characters


class PostMention(Base):
    """A person whom a post names; `name` is how, since people are renamed."""

    __tablename__ = "post_mention"

    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id, ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True, index=True
    )
    name: Mapped[str]


class PostReference(Base):
    """Something on this server that a post links to, in a line of its own."""

    __tablename__ = "post_reference"
    __table_args__ = (Index(None, "kind", "ref_id"),)

    post_id: Mapped[int] = mapped_column(ForeignKey(Post.id, ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    ref_id: Mapped[int]
    path: Mapped[str]


class Draft(Base):
    """What somebody is writing: in which composer, and how far they have come."""

    __tablename__ = "draft"

    account_id: Mapped[int] = mapped_column(
        ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True
    )
    place: Mapped[str] = mapped_column(primary_key=True)  # "thread-5", see `app.composing.places`
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    updated_at: Mapped[datetime] = mapped_column(default=now, index=True)
