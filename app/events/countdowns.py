"""Countdowns: what is open and closes by itself, when the server's clock says so."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from flask import request
from sqlalchemy.orm import Mapped, mapped_column

from app.addresses import is_number
from app.database import now
from app.errors import Invalid

LONGEST_MORE = 3600  # seconds that can be added at once


def asked_seconds() -> int:
    """The time that a form or a button asks for; raises `Invalid` where it names none."""
    seconds = request.args.get("seconds", request.form.get("seconds", ""))
    if not is_number(seconds):
        raise Invalid
    return int(seconds)


class Timed:
    """Columns of what may have a countdown; its table knows its step, and whether it `is_open`."""

    seconds: Mapped[int | None] = mapped_column(default=None)  # from its opening, as planned
    closes_at: Mapped[datetime | None] = mapped_column(default=None, index=True)  # the deadline

    if TYPE_CHECKING:
        id: Any
        event: Any
        event_id: Any
        item_id: Any
        is_open: Any
        require_open: Any

    @property
    def is_due(self) -> bool:
        """Whether the countdown has come to its end."""
        return bool(self.is_open) and self.closes_at is not None and self.closes_at <= now()

    @property
    def local_deadline(self) -> datetime | None:
        """The deadline as the clocks in the hall show it."""
        zone = ZoneInfo(self.event.time_zone)
        return self.closes_at.astimezone(zone) if self.closes_at else None

    def start_countdown(self) -> None:
        """Begin the countdown that was planned, if one was."""
        self.closes_at = now() + timedelta(seconds=self.seconds) if self.seconds else None

    def add_time(self, seconds: int) -> None:
        """Begin a countdown, or give it more time; raises `Invalid` for nonsense."""
        if not 1 <= seconds <= LONGEST_MORE:
            raise Invalid
        self.closes_at = (self.closes_at or now()) + timedelta(seconds=seconds)
