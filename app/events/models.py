"""Events, their agenda, and the people in them."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.errors import Conflict
from app.municipalities.models import Municipality
from app.permissions import Role
from config import TIME_ZONE

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is read as something else
LONGEST_TITLE = 120  # characters, of a step of the agenda
LEASE = timedelta(seconds=45)


def new_code() -> str:
    """A join code of six characters that a hall can read and type."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))


class Event(Base):
    """A conference, workshop or meeting with an agenda."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True, default=new_code)
    title: Mapped[str]
    language: Mapped[str] = mapped_column(default="de")
    time_zone: Mapped[str] = mapped_column(default=TIME_ZONE)
    retention_months: Mapped[int] = mapped_column(default=12)
    space_id: Mapped[int | None] = mapped_column(
        ForeignKey("space.id", ondelete="SET NULL"), index=True
    )
    starts_at: Mapped[datetime | None]
    joining_locked: Mapped[bool] = mapped_column(default=False)
    is_template: Mapped[bool] = mapped_column(default=False)
    current_item_id: Mapped[int | None] = mapped_column(
        ForeignKey("agenda_item.id", use_alter=True, ondelete="SET NULL")
    )
    highlight_kind: Mapped[str | None]
    highlight_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=now)

    items: Mapped[list["AgendaItem"]] = relationship(
        back_populates="event",
        order_by="AgendaItem.position",
        cascade="all, delete-orphan",
        foreign_keys="AgendaItem.event_id",
    )
    current_item: Mapped["AgendaItem | None"] = relationship(
        foreign_keys=current_item_id, post_update=True
    )

    @property
    def event_id(self) -> int:
        """An event is in itself, so that permissions ask every thing alike."""
        return self.id

    @property
    def channel(self) -> str:
        """Where the facts of this event are announced."""
        return f"event:{self.code}"

    @property
    def personal_data_ends(self) -> datetime:
        """When names and attendance of guests are forgotten."""
        return self.created_at + timedelta(days=round(30.44 * self.retention_months))

    @property
    def local_start(self) -> datetime | None:
        """When it begins, where it takes place."""
        zone = ZoneInfo(self.time_zone)
        return self.starts_at.astimezone(zone) if self.starts_at else None

    def admit(self) -> None:
        """Check that somebody may join now."""
        if self.joining_locked:
            raise Conflict(_l("Joining is locked just now. Please ask the moderator."))
        if self.is_template:
            raise Conflict(_l("This is a template, nobody can join it."))

    def following_item(self) -> "AgendaItem | None":
        """The item that comes after the current one, or the first."""
        later = [
            i
            for i in self.items
            if not self.current_item or i.position > self.current_item.position
        ]
        return later[0] if later else None


class AgendaItem(Base):
    """One step of an event: a welcome, a flash poll, proposals, a breakout round, a plenum."""

    __tablename__ = "agenda_item"
    __table_args__ = (UniqueConstraint("event_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    position: Mapped[int]
    kind: Mapped[str]
    title: Mapped[str]
    text: Mapped[str] = mapped_column(default="")
    minutes: Mapped[int | None]
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship(back_populates="items", foreign_keys=event_id)

    @property
    def is_current(self) -> bool:
        """Whether the hall is at this step now."""
        return self.event.current_item_id == self.id

    def ask(self, question: str, settings: Mapping[str, Any]) -> None:
        """Put another question where this step's stands, and ask it with these settings."""
        if self.text or len(question) > LONGEST_TITLE:
            self.text = question
        else:
            self.title = question
        self.settings = {**self.settings, **settings}


class Participant(Base):
    """Somebody in an event: a member, or a guest who joined by code."""

    __tablename__ = "participant"
    __table_args__ = (
        UniqueConstraint("event_id", "account_id"),
        Index(None, "event_id", "present_until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipality.id"))
    state: Mapped[str] = mapped_column(default="")
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="de")
    role: Mapped[Role] = mapped_column(default=Role.PARTICIPANT)
    present_until: Mapped[datetime | None] = mapped_column(index=True)
    joined_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    municipality: Mapped[Municipality | None] = relationship(lazy="joined")

    @property
    def channel(self) -> str:
        """Where facts for this one person are announced."""
        return self.channel_of(self.id)

    @staticmethod
    def channel_of(id: int) -> str:
        """Where facts for the participant with this id are announced."""
        return f"participant:{id}"

    @property
    def is_present(self) -> bool:
        """Whether the lease has been renewed lately."""
        return self.present_until is not None and self.present_until > now()

    @property
    def is_moderator(self) -> bool:
        """Whether they lead the event."""
        return self.role == Role.MODERATOR

    @property
    def signature(self) -> dict[str, int]:
        """The column, and its value, of what they have written."""
        return {"participant_id": self.id}

    def wrote(self, thing: Any) -> bool:
        """Whether this is their own."""
        return bool(thing.participant_id == self.id)

    def arrive(self) -> None:
        """Begin or renew the lease."""
        self.present_until = now() + LEASE
