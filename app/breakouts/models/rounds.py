"""Rounds, their rooms, and who is in which."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database import Base, now
from app.errors import Conflict
from app.events.models import AgendaItem, Event
from app.livepolls.models import Aspect

AFTERWORD = timedelta(minutes=10)  # so long after the end a text that was begun may still come in
SECOND_BREATH = timedelta(minutes=5)  # the least that a round gets which is opened again


class Mode(StrEnum):
    """How people come into their rooms."""

    AUTOMATIC = "automatic"
    SELF_SELECT = "self_select"
    MUNICIPALITY = "municipality"


class RoundState(StrEnum):
    """Where a round stands."""

    PLANNED = "planned"
    CHOOSING = "choosing"  # people choose their rooms, and may be in them already
    OPEN = "open"
    OVER = "over"


RUNNING = (RoundState.CHOOSING, RoundState.OPEN)


class PlacedHow(StrEnum):
    """How somebody came into their room."""

    AUTOMATIC = "automatic"
    CHOSEN = "chosen"
    LATE = "late"
    MOVED = "moved"
    FALLBACK = "fallback"  # did not choose in time


class Round(Base):
    """One timed set of rooms, with one way of assignment."""

    __tablename__ = "round"
    __table_args__ = (Index(None, "event_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id", ondelete="CASCADE"))
    item_id: Mapped[int] = mapped_column(
        ForeignKey("agenda_item.id", ondelete="CASCADE"), unique=True
    )
    mode: Mapped[Mode] = mapped_column(default=Mode.AUTOMATIC)
    state: Mapped[RoundState] = mapped_column(default=RoundState.PLANNED)
    seconds: Mapped[int] = mapped_column(default=15 * 60)
    choosing_seconds: Mapped[int] = mapped_column(default=2 * 60)
    capacity: Mapped[int | None]  # of each room, where people choose themselves
    opened_at: Mapped[datetime | None]
    choose_until: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    event: Mapped[Event] = relationship()
    item: Mapped[AgendaItem] = relationship()
    rooms: Mapped[list["Room"]] = relationship(back_populates="round", order_by="Room.number")

    @property
    def is_open(self) -> bool:
        """Whether people are in rooms, or choosing one."""
        return self.state in RUNNING

    @property
    def is_choosing(self) -> bool:
        """Whether people may choose their room."""
        return self.state == RoundState.CHOOSING

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        return self.state == RoundState.OVER

    @property
    def takes_texts(self) -> bool:
        """Whether contributions are taken: a little longer than people are in the rooms."""
        return self.is_open or (self.closed_at is not None and now() < self.closed_at + AFTERWORD)

    @property
    def deadline(self) -> datetime | None:
        """What the countdown counts to."""
        return self.choose_until if self.is_choosing else self.ends_at if self.is_open else None

    @property
    def local_deadline(self) -> datetime | None:
        """The deadline as the clocks in the hall show it."""
        zone = ZoneInfo(self.event.time_zone)
        return self.deadline.astimezone(zone) if self.deadline else None

    @property
    def is_due(self) -> bool:
        """Whether the deadline has passed."""
        return self.deadline is not None and self.deadline <= now()

    def open(self) -> None:
        """Begin, with the deadlines that follow from now."""
        if self.state != RoundState.PLANNED:
            raise Conflict
        self.opened_at = now()
        self.ends_at = self.opened_at + timedelta(seconds=self.seconds)
        self.state = RoundState.OPEN
        if self.mode == Mode.SELF_SELECT:
            self.state = RoundState.CHOOSING
            self.choose_until = self.opened_at + timedelta(seconds=self.choosing_seconds)
            self.ends_at += timedelta(seconds=self.choosing_seconds)

    def reopen(self) -> None:
        """Take the end back: the same rooms, with what time was left, or a few minutes."""
        if not self.is_over:
            raise Conflict
        self.state, self.closed_at = RoundState.OPEN, None
        self.ends_at = max(self.ends_at or now(), now() + SECOND_BREATH)

    def extend(self, minutes: int) -> None:
        """Give more time; while people choose, they get it."""
        self.require_open()
        assert self.ends_at is not None
        self.ends_at += timedelta(minutes=minutes)
        if self.is_choosing and self.choose_until is not None:
            self.choose_until += timedelta(minutes=minutes)

    def end_choosing(self) -> None:
        """Whoever has chosen stays; nobody chooses any more."""
        if not self.is_choosing:
            raise Conflict
        self.state, self.choose_until = RoundState.OPEN, None

    def close(self) -> None:
        """Send everybody back."""
        self.require_open()
        self.state, self.closed_at = RoundState.OVER, now()

    def require_open(self) -> None:
        """Raise unless people are in rooms."""
        if not self.is_open:
            raise Conflict(_l("This round is not open."))

    def require_choosing(self) -> None:
        """Raise unless people may choose now."""
        if not self.is_choosing or self.is_due:
            raise Conflict(_l("The time for choosing is over."))

    def require_texts(self) -> None:
        """Raise unless contributions are taken."""
        if not self.takes_texts:
            raise Conflict(_l("This round is over. Nothing can be added any more."))


class Room(Base):
    """One room of a round: a topic, or the people of one or several municipalities."""

    __tablename__ = "room"
    __table_args__ = (UniqueConstraint("round_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    number: Mapped[int]
    title: Mapped[str]  # empty for the common room
    aspect_id: Mapped[int | None] = mapped_column(
        ForeignKey("aspect.id", ondelete="SET NULL"), index=True
    )
    municipality_ids: Mapped[list[int]] = mapped_column(default=list)
    states: Mapped[list[Any]] = mapped_column(JSON, default=list)
    why: Mapped[str | None]  # the loosest tie of a room that several municipalities share
    capacity: Mapped[int | None]

    round: Mapped[Round] = relationship(back_populates="rooms", lazy="joined")
    aspect: Mapped[Aspect | None] = relationship()

    @property
    def event_id(self) -> int:
        """The event it is a room of."""
        return self.round.event_id

    @property
    def channel(self) -> str:
        """Where the facts of this room are announced."""
        return f"room:{self.id}"

    @property
    def name(self) -> str:
        """Its title, in the reader's language where it has none of its own."""
        return self.title or _("Common room")

    @property
    def is_merged(self) -> bool:
        """Whether several municipalities share it."""
        return len(self.municipality_ids) + len(self.states) > 1 or (
            self.why == "common" and bool(self.title)
        )


class Placement(Base):
    """Where somebody is in a round: once, as the key has it; without a room they are choosing."""

    __tablename__ = "placement"

    round_id: Mapped[int] = mapped_column(
        ForeignKey("round.id", ondelete="CASCADE"), primary_key=True
    )
    participant_id: Mapped[int] = mapped_column(
        ForeignKey("participant.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    room_id: Mapped[int | None] = mapped_column(
        ForeignKey("room.id", ondelete="CASCADE"), index=True
    )
    how: Mapped[PlacedHow] = mapped_column(default=PlacedHow.AUTOMATIC)
