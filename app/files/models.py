"""Files that people add to posts, and what of them is still to be deleted."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, now
from app.files.kinds import FileKind
from app.forums.models import Post

SHOWN_WIDTH, SHOWN_HEIGHT = 400, 260  # pixels of a picture in a post


class File(Base):
    """One file: waiting in a composer, where only its owner sees it, or bound to a post."""

    __tablename__ = "file"
    __table_args__ = (UniqueConstraint("account_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    space_id: Mapped[int | None] = mapped_column(  # while it waits; later its post knows
        ForeignKey("space.id", ondelete="CASCADE"), index=True
    )
    post_id: Mapped[int | None] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), index=True
    )
    waits_in: Mapped[str] = mapped_column(default="")  # the composer: "thread-12", "forum-3"
    key: Mapped[str]  # of the page that sent it
    name: Mapped[str]
    kind: Mapped[FileKind]
    size: Mapped[int]  # bytes as they are kept
    width: Mapped[int | None]
    height: Mapped[int | None]
    alt: Mapped[str] = mapped_column(default="")  # what a picture shows, in words
    stored: Mapped[str] = mapped_column(unique=True)  # its name in the store, which says nothing
    text: Mapped[str | None]  # what was read in it, for the search
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)

    account: Mapped[Account | None] = relationship()
    post: Mapped[Post | None] = relationship()

    @property
    def shown_size(self) -> tuple[int, int]:
        """Width and height of a picture in a post, so that its place is kept while it loads."""
        width, height = self.width or 1, self.height or 1
        scale = min(1, SHOWN_WIDTH / width, SHOWN_HEIGHT / height)
        return max(1, round(width * scale)), max(1, round(height * scale))

    @property
    def description(self) -> str:
        """What stands for a picture that is not seen."""
        return self.alt or self.name


class Leftover(Base):
    """Bytes in the store whose file is gone; they are deleted soon after."""

    __tablename__ = "leftover"

    stored: Mapped[str] = mapped_column(primary_key=True)
