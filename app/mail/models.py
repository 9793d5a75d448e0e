"""The table of mails."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from app.database import Base, now

PAUSES = tuple(timedelta(minutes=m) for m in (2, 5, 15, 60, 180, 360, 720, 1440))


class Mail(Base):
    """A letter to one person; written inside the transaction that causes it."""

    __tablename__ = "mail"
    __table_args__ = (Index(None, "next_try_at"), Index(None, "created_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]  # emptied once it was sent, as are the headers: both may hold links
    language: Mapped[str]
    headers: Mapped[dict[str, Any]] = mapped_column(default=dict)  # beside those that all have
    created_at: Mapped[datetime] = mapped_column(default=now)
    good_until: Mapped[datetime | None]  # when its links end
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(default=now)  # none: no more tries
    error: Mapped[str] = mapped_column(default="")

    def claim(self) -> None:
        """Begin an attempt: until the next one is due, the mail is nobody else's."""
        pause = PAUSES[min(self.attempts, len(PAUSES) - 1)]
        self.attempts += 1
        self.next_try_at = now() + pause

    def has_gone(self) -> None:
        """The mail server has taken it."""
        self.sent_at, self.next_try_at = now(), None
        self.text, self.error, self.headers = "", "", {}

    def has_failed(self, error: str, *, for_good: bool) -> None:
        """The mail server has not taken it, perhaps never will."""
        self.error = error[:500]
        if for_good or self.attempts >= len(PAUSES):
            self.next_try_at = None
