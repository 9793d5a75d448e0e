"""What rooms brought, once their round is over."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from app.breakouts.models import Contribution, Report, Room, Round, RoundState
from app.events.models import AgendaItem, Event, Participant
from app.extensions import db
from app.search.sources import Entry, Hit, Query, Reader, Source, register
from app.search.sources.halls import (
    EVENT,
    Where,
    author_of,
    in_event,
    results_url,
    signed,
    tags_of,
)

_contributions = signed(
    select(Contribution.id, Contribution.created_at, Contribution.text, Round.event_id)
    .join(Room, Room.id == Contribution.room_id)
    .join(Round, Round.id == Room.round_id)
    .where(Contribution.withdrawn_at.is_(None)),
    Participant.id == Contribution.participant_id,
)
_reports = (
    select(Report.id, Report.changed_at, Report.discussed, Report.request, Report.ideas)
    .add_columns(Round.event_id)
    .join(Room, Room.id == Report.room_id)
    .join(Round, Round.id == Room.round_id)
    .where(or_(Report.discussed != "", Report.request != "", Report.ideas != ""))
)
_place = (
    Room.id.label("room_id"),
    Room.title.label("room_title"),
    AgendaItem.title.label("round_title"),
    *EVENT,
)


def over(query: Query, reader: Reader) -> Query:
    """What stands in a room whose round is over, of events that the reader is in."""
    return (
        query.add_columns(*_place)
        .join(Event, Event.id == Round.event_id)
        .join(AgendaItem, AgendaItem.id == Round.item_id)
        .where(Event.id.in_(reader.event_ids), Round.state == RoundState.OVER)
    )


def place_of(row: Any) -> Where:
    """The room among the results of its event."""
    return in_event(row, (row.round_title, results_url(row, f"room-{row.room_id}")))


def _contribution_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, "", row.text, tags_of(row, "contribution"))


def _contribution_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = over(_contributions, reader).where(
        Contribution.id.in_(ids), Contribution.hidden_at.is_(None)
    )
    return [
        Hit(
            row.id,
            results_url(row, f"result-contribution-{row.id}"),
            row.room_title or row.round_title,
            row.text,
            row.created_at,
            place_of(row),
            author_of(row),
        )
        for row in db.session.execute(query)
    ]


def _report_entry(row: Any) -> Entry:
    return Entry(row.id, row.changed_at, "", _report_text(row), tags_of(row, "report"))


def _report_text(row: Any) -> str:
    return "\n".join(part for part in (row.request, row.discussed, row.ideas) if part)


def _report_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = over(_reports, reader).where(Report.id.in_(ids))
    return [
        Hit(
            row.id,
            results_url(row, f"room-{row.room_id}"),
            row.room_title or row.round_title,
            _report_text(row),
            row.changed_at,
            place_of(row),
        )
        for row in db.session.execute(query)
    ]


register(
    Source(
        "contribution",
        9,
        _l("Contribution"),
        _l("Contributions"),
        "impulse",
        Contribution,
        _contributions,
        _contribution_entry,
        _contribution_hits,
    )
)

register(
    Source(
        "report",
        10,
        _l("Report"),
        _l("Reports"),
        "room",
        Report,
        _reports,
        _report_entry,
        _report_hits,
    )
)
