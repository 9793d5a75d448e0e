"""Addresses that guests leave, the order to send, and who has got it."""

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.errors import NotFound
from app.events.models import Event, Participant

GOOD_FOR = timedelta(days=14)


class DigestAddress(Base):
    """Where a guest wants the digest: used once they have confirmed it, deleted once it is sent."""

    __tablename__ = "digest_address"

    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True
    )
    email: Mapped[str]
    secret_hash: Mapped[str] = mapped_column(unique=True)  # of the link that confirms
    asked_at: Mapped[datetime] = mapped_column(default=now)
    confirmed_at: Mapped[datetime | None]

    person: Mapped[Participant] = relationship()

    def confirm(self) -> None:
        """It is theirs; doing it twice does it once."""
        if self.is_expired:
            raise NotFound(
                _l("This link is no longer valid. Please enter your address in the event again.")
            )
        self.confirmed_at = self.confirmed_at or now()

    @property
    def is_expired(self) -> bool:
        """Whether its link came too late."""
        return self.confirmed_at is None and self.asked_at + GOOD_FOR < now()


class DigestOrder(Base):
    """A moderator has the digest sent; whoever confirms an address later gets it, too."""

    __tablename__ = "digest_order"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    ordered_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()


class SentDigest(Base):
    """Somebody has got the digest: once, as the key has it."""

    __tablename__ = "sent_digest"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    sent_at: Mapped[datetime] = mapped_column(default=now)
