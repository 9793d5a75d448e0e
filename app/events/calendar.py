"""The events of a space: on now, coming, and past; and whether one is in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask import url_for
from sqlalchemy import Row, and_, func, select
from sqlalchemy.orm import aliased

from app.database import now
from app.events.models import Event, Participant
from app.extensions import db
from app.spaces.models import Member, Space

EARLY = timedelta(hours=1)  # before it begins, people may be there already
LATE = timedelta(hours=12)  # after which an event that nobody has begun is over
MOST = 200


class When(StrEnum):
    """How an event stands to the present."""

    NOW = "now"
    COMING = "coming"
    PAST = "past"


@dataclass(frozen=True)
class Meeting:
    """An event of a space, to somebody."""

    event: Event
    here: int  # people who are present
    me: Participant | None

    @property
    def when(self) -> When:
        """On now while somebody is there, near its time; past once it was begun, or is long due.

        Who prepares an event is there, too, and who reads its results later: that alone does not
        make it begin.
        """
        begun = self.event.current_item_id is not None
        starts = self.event.starts_at
        is_due = starts is not None and starts < now() + EARLY
        is_late = starts is not None and starts < now() - LATE
        if self.here and not is_late and (begun or is_due):
            return When.NOW
        is_over = begun and (starts is None or is_due)
        return When.PAST if is_over or is_late else When.COMING


def meetings(space_id: int, account_id: int) -> dict[When, list[Meeting]]:
    """The events of a space: those on now, the next ones first, and the last ones first."""
    found = [Meeting(event, here, me) for event, here, me in _rows(space_id, account_id)]
    by_time = sorted(found, key=lambda meeting: _time(meeting.event))
    grouped = {when: [m for m in by_time if m.when is when] for when in When}
    grouped[When.PAST].reverse()
    return grouped


def _rows(space_id: int, account_id: int) -> Sequence[Row[Event, int, Participant | None]]:
    mine, anybody = aliased(Participant), aliased(Participant)
    here = (
        select(func.count(anybody.id))
        .where(anybody.event_id == Event.id, anybody.present_until > now())
        .where(anybody.removed_at.is_(None))
        .correlate(Event)
        .scalar_subquery()
    )
    is_mine = and_(mine.event_id == Event.id, mine.account_id == account_id)
    return db.session.execute(
        select(Event, here, mine)
        .join(mine, is_mine, isouter=True)
        .where(Event.space_id == space_id, Event.is_template.is_(False))
        .order_by(Event.id.desc())
        .limit(MOST)
    ).all()


def _time(event: Event) -> tuple[bool, Any]:
    """Those without a date come after the others."""
    return (event.starts_at is None, event.starts_at or event.created_at)


def panel(space: Space, member: Member) -> dict[str, Any]:
    """For the front page: what is on or comes next, or else what was last."""
    grouped = meetings(space.id, member.account_id)
    soon = [*grouped[When.NOW], *grouped[When.COMING]][:3]
    return {"meetings": soon or grouped[When.PAST][:1], "count": sum(map(len, grouped.values()))}


def tab_url(space: Space, _member: Member) -> str:
    """Where the events of a space stand."""
    return url_for("events.calendar", space_id=space.id)
