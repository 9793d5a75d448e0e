"""The table of accounts."""

from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.municipalities.models import Municipality


class Standing(StrEnum):
    """What an account may do beyond taking part."""

    MEMBER = "member"
    ORGANISER = "organiser"  # may create events
    ADMIN = "admin"  # may also invite people, and leads every event


class Account(Base, UserMixin):
    """Somebody who signs in with an address and a password."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str | None] = mapped_column(unique=True)  # in lower case; none once deleted
    name: Mapped[str]
    password_hash: Mapped[str | None]  # none until an invitation is accepted
    language: Mapped[str] = mapped_column(default="de")
    function: Mapped[str] = mapped_column(default="")
    help_with: Mapped[str] = mapped_column(default="")  # what they offer others
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    standing: Mapped[Standing] = mapped_column(default=Standing.MEMBER)
    session_stamp: Mapped[int] = mapped_column(default=0)  # raised to end all sessions
    created_at: Mapped[datetime] = mapped_column(default=now)
    deactivated_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]

    municipality: Mapped[Municipality | None] = relationship()

    def get_id(self) -> str:
        """What the session cookie keeps; it is worthless once the stamp was raised."""
        return f"{self.id}.{self.session_stamp}"

    @property
    def channel(self) -> str:
        """Where facts for this one person are announced, wherever they are."""
        return f"account:{self.id}"

    @property
    def is_active(self) -> bool:
        """Whether they may come in at all."""
        return self.deactivated_at is None and self.deleted_at is None

    @property
    def is_invited(self) -> bool:
        """Whether their invitation still waits to be accepted."""
        return self.password_hash is None and self.deleted_at is None

    @property
    def is_admin(self) -> bool:
        """Whether they run this installation."""
        return self.standing == Standing.ADMIN

    @property
    def may_create_events(self) -> bool:
        """Whether they may create events."""
        return self.standing in (Standing.ORGANISER, Standing.ADMIN)

    def end_sessions(self) -> None:
        """Make every cookie and every link that was given out until now worthless."""
        self.session_stamp += 1
