"""Rounds, their rooms, and who is in which."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.breakouts.models.times import RoomTime, RoundTime
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
    WISHES = "wishes"
    MUNICIPALITY = "municipality"
    STATE = "state"
    FUNCTION = "function"
    MANUAL = "manual"  # as moderators have prepared it, by hand or with a file


BY_ATTRIBUTE = (Mode.MUNICIPALITY, Mode.STATE, Mode.FUNCTION)
BY_CHOICE = (Mode.SELF_SELECT, Mode.WISHES)


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
    WISHED = "wished"
    PREPARED = "prepared"
    LATE = "late"
    MOVED = "moved"
    FALLBACK = "fallback"  # did not choose in time


class Round(Base, RoundTime):
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
    capacity: Mapped[int | None]  # the most people in a room
    dealt: Mapped[int] = mapped_column(default=0)  # how often it was dealt anew before it began
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
    def common_seats(self) -> int | None:
        """How many each room takes that has no number of its own; groups are split by it."""
        return None if self.mode in BY_ATTRIBUTE else self.capacity

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

    def open(self) -> None:
        """Begin, with the deadlines that follow from now."""
        if self.state != RoundState.PLANNED:
            raise Conflict
        self.opened_at = now()
        self.ends_at = self.opened_at + timedelta(seconds=self.seconds)
        self.state = RoundState.OPEN
        if self.mode in BY_CHOICE:
            self.state = RoundState.CHOOSING
            self.choose_until = self.opened_at + timedelta(seconds=self.choosing_seconds)
            self.ends_at += timedelta(seconds=self.choosing_seconds)

    def reopen(self) -> None:
        """Take the end back: the same rooms, with what time was left, or a few minutes.

        Whoever was choosing goes on with that while there is time for it.
        """
        if not self.is_over:
            raise Conflict
        if self.choose_until is not None and self.choose_until <= now():
            self.choose_until = None
        self.state = RoundState.CHOOSING if self.choose_until else RoundState.OPEN
        self.closed_at = None
        self.ends_at = max(self.ends_at or now(), now() + SECOND_BREATH)
        for room in self.rooms:
            room.ends_at = room.closed_at = None

    def end_choosing(self) -> None:
        """Whoever has chosen stays; nobody chooses any more, and all of the talk is to come."""
        if not self.is_choosing:
            raise Conflict
        self.skip_choosing()
        self.state, self.choose_until = RoundState.OPEN, None

    def close(self) -> None:
        """Send everybody back."""
        self.require_open()
        self.state, self.closed_at = RoundState.OVER, now()

    def is_home_to(self, placement: "Placement | None") -> bool:
        """Whether somebody with this place has a room, or may choose one."""
        return placement is not None and (placement.room_id is not None or self.is_choosing)

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


def name_of(mode: Mode, number: int, title: str) -> str:
    """The name of a room in such a round, in the reader's language where it has no title."""
    if title:
        return title
    return _("Common room") if mode in BY_ATTRIBUTE else _("Group %(number)d", number=number)


class Room(Base, RoomTime):
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
    functions: Mapped[list[Any]] = mapped_column(JSON, default=list)
    why: Mapped[str | None]  # the loosest tie of a room that several municipalities share
    capacity: Mapped[int | None]
    has_own_seats: Mapped[bool] = mapped_column(default=False, server_default=false())
    first_title: Mapped[str | None]  # what it was called before it was renamed, if it was

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
        return name_of(self.round.mode, self.number, self.title)

    @property
    def topic(self) -> str:
        """What it is about, however it is called by now; empty for a group without a topic."""
        return self.title if self.first_title is None else self.first_title

    @property
    def own_seats(self) -> int | None:
        """How many seats it has, where that is not what is said of all rooms."""
        return self.capacity if self.has_own_seats else None

    @property
    def firm_seats(self) -> int | None:
        """How many it takes; where rooms are assigned, a number they share is but a measure."""
        is_firm = self.has_own_seats or self.round.mode != Mode.AUTOMATIC
        return self.capacity if is_firm else None

    @property
    def is_merged(self) -> bool:
        """Whether several municipalities, states or functions share it, or one with all others."""
        shares = len(self.municipality_ids) + len(self.states) + len(self.functions)
        return shares > 1 or (self.why == "common" and shares > 0)


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

    @property
    def was_moved(self) -> bool:
        """Whether those who lead have brought them there."""
        return self.how == PlacedHow.MOVED
