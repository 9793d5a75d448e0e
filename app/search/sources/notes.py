"""The notes of rooms, once their round is over."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.breakouts.models import Room, Round
from app.extensions import db
from app.notes.models import Notes
from app.search.sources import Entry, Hit, Reader, Source, register
from app.search.sources.halls import results_url, tags_of
from app.search.sources.rooms import over, place_of

_notes = (
    select(Notes.id, Notes.created_at, Notes.text, Round.event_id)
    .join(Room, Room.id == Notes.room_id)
    .join(Round, Round.id == Room.round_id)
    .where(Notes.text != "")
)


def _entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, "", row.text, tags_of(row, "notes"))


def _hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = over(_notes, reader).where(Notes.id.in_(ids), Notes.hidden_at.is_(None))
    return [
        Hit(
            row.id,
            results_url(row, f"notes-{row.room_id}"),
            row.room_title or row.round_title,
            row.text,
            row.created_at,
            place_of(row),
        )
        for row in db.session.execute(query)
    ]


register(Source("notes", 13, _l("Notes"), _l("Notes"), "edit", Notes, _notes, _entry, _hits))
