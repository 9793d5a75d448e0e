"""The table of feeds."""

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.accounts.models import Account
from app.database import Base, now
from app.forums.models import Forum


class Feed(Base):
    """One person's address for one forum's feed; `key` changes when another address is made."""

    __tablename__ = "feed"
    __table_args__ = (UniqueConstraint("account_id", "forum_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    forum_id: Mapped[int] = mapped_column(ForeignKey(Forum.id, ondelete="CASCADE"), index=True)
    key: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship()
    forum: Mapped[Forum] = relationship()
