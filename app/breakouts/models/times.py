"""The time of a round and of its rooms: it is the round's, unless a room has an end of its own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Mapped, mapped_column

from app.database import now
from app.errors import Conflict

GRACE = timedelta(minutes=1)  # to finish one's sentence, once the time is up
LEAST_LEFT = timedelta(minutes=1)  # when time is taken away, so that the warnings still come


def shifted(deadline: datetime, minutes: int) -> datetime:
    """The deadline so much later; or earlier, but no earlier than in a minute."""
    if minutes > 0:
        return max(deadline, now()) + timedelta(minutes=minutes)
    return max(deadline + timedelta(minutes=minutes), min(deadline, now() + LEAST_LEFT))


def _require_enough(deadline: datetime, minutes: int) -> None:
    """Raise where time is to be taken away and hardly any is left."""
    if minutes < 0 and deadline <= now() + LEAST_LEFT:
        raise Conflict(_l("It ends within a minute anyway."))


def local(moment: datetime | None, event: Any) -> datetime | None:
    """A moment as the clocks in the hall show it."""
    return moment.astimezone(ZoneInfo(event.time_zone)) if moment else None


class RoundTime:
    """What a round knows of its time."""

    if TYPE_CHECKING:
        event: Any
        rooms: Any
        is_open: Any
        is_choosing: Any
        choose_until: Any
        ends_at: Any
        require_open: Any

    @property
    def deadline(self) -> datetime | None:
        """What the countdown counts to."""
        return self.choose_until if self.is_choosing else self.ends_at if self.is_open else None

    @property
    def local_deadline(self) -> datetime | None:
        """The deadline as the clocks in the hall show it."""
        return local(self.deadline, self.event)

    @property
    def countdown(self) -> datetime | None:
        """What the hall's clock counts to: the deadline, or the last room's if none keeps to it."""
        own = [room.ends_at for room in self.talking]
        return max(own) if own and None not in own else self.deadline

    @property
    def local_countdown(self) -> datetime | None:
        """The same, as the clocks in the hall show it."""
        return local(self.countdown, self.event)

    @property
    def going_on(self) -> list[Any]:
        """The rooms in which there is something left to talk, or all of them."""
        return [room for room in self.rooms if not room.is_over] or list(self.rooms)

    @property
    def talking(self) -> list[Any]:
        """The rooms in which people talk now."""
        is_talk = self.is_open and not self.is_choosing
        return [room for room in self.rooms if not room.is_over] if is_talk else []

    @property
    def longer(self) -> list[Any]:
        """The rooms that go on when the hall's clock is at its end, the first to end first."""
        return self._apart(lambda end, common: end > common)

    @property
    def shorter(self) -> list[Any]:
        """The rooms that end before the hall's clock does, the first to end first."""
        return self._apart(lambda end, common: end < common)

    def _apart(self, differs: Callable[[datetime, datetime], bool]) -> list[Any]:
        common = self.countdown
        apart = [r for r in self.talking if r.ends_at and common and differs(r.ends_at, common)]
        return sorted(apart, key=lambda room: room.ends_at)

    @property
    def is_due(self) -> bool:
        """Whether the deadline has passed; that of the talk, with the minute of grace."""
        grace = timedelta() if self.is_choosing else GRACE
        return self.deadline is not None and self.deadline + grace <= now()

    @property
    def is_finished(self) -> bool:
        """Whether no room has any time left."""
        if not self.is_open or self.is_choosing:
            return False
        return (
            all(room.is_over or room.is_due for room in self.rooms) if self.rooms else self.is_due
        )

    @property
    def asks_for_something(self) -> bool:
        """Whether the clock says that something has to end."""
        if self.is_choosing:
            return self.is_due
        return self.is_finished or any(room.is_due for room in self.rooms)

    def shift(self, minutes: int) -> None:
        """Give more time, or take some away; while people choose, they have it or lose it."""
        self.require_open()
        _require_enough(self.deadline or now(), minutes)
        self.ends_at = shifted(self.ends_at, minutes)
        if self.is_choosing:
            self.choose_until = shifted(self.choose_until, minutes)
        for room in self.rooms:
            if room.ends_at is not None:
                room.ends_at = shifted(room.ends_at, minutes)

    def skip_choosing(self) -> None:
        """Begin the talk now: what is left for choosing is not added to it."""
        unused = (self.choose_until or now()) - now()
        self.ends_at -= max(unused, timedelta())

    def begin_last_minute(self) -> None:
        """Let everybody finish their sentence; the time is up."""
        self.require_open()
        if self.is_choosing:
            raise Conflict(_l("People are still choosing."))
        self.ends_at = min(self.ends_at, now())
        for room in self.rooms:
            if room.ends_at is not None:
                room.ends_at = min(room.ends_at, now())


class RoomTime:
    """What a room knows of its time."""

    ends_at: Mapped[datetime | None] = mapped_column(default=None)  # if it is not the round's
    closed_at: Mapped[datetime | None] = mapped_column(default=None)  # if before the round's end

    if TYPE_CHECKING:
        round: Any

    @property
    def is_over(self) -> bool:
        """Whether its people are back in the plenum."""
        return self.closed_at is not None or bool(self.round.is_over)

    @property
    def deadline(self) -> datetime | None:
        """What the countdown in this room counts to."""
        if self.is_over:
            return None
        common: datetime | None = self.round.deadline
        return common if self.ends_at is None or self.round.is_choosing else self.ends_at

    @property
    def local_deadline(self) -> datetime | None:
        """The deadline as the clocks in the hall show it."""
        return local(self.deadline, self.round.event)

    @property
    def is_due(self) -> bool:
        """Whether its time is up, and the minute of grace too."""
        is_talking = self.round.is_open and not self.round.is_choosing
        return is_talking and self.deadline is not None and self.deadline + GRACE <= now()

    def shift(self, minutes: int) -> None:
        """Give this room more time than the others, or less; one that is over opens again."""
        self._require_talk()
        if self.is_over and minutes < 0:
            raise Conflict(_l("This room has finished."))
        deadline = self.deadline or now()
        _require_enough(deadline, minutes)
        self.ends_at, self.closed_at = shifted(deadline, minutes), None

    def begin_last_minute(self) -> None:
        """Let the people of this room finish their sentence; their time is up."""
        self._require_talk()
        self.require_open()
        self.ends_at = min(self.deadline or now(), now())

    @property
    def has_ended_with_all(self) -> bool:
        """Whether it is over because the common time was, while another room still has its own."""
        return self.closed_at is not None and self.ends_at is None

    def close(self) -> None:
        """Send its people back, while others still talk."""
        self.closed_at = now()

    def reopen(self) -> None:
        """Let its people talk on."""
        self.closed_at = None

    def require_open(self) -> None:
        """Raise if its people are back in the plenum."""
        if self.is_over:
            raise Conflict(_l("This room has finished."))

    def _require_talk(self) -> None:
        self.round.require_open()
        if self.round.is_choosing:
            raise Conflict(_l("People are still choosing."))
