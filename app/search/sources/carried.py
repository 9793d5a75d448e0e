"""What came out of events and stands in threads of forums now: found where it stands."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import and_, select

from app.carryover.models import CarriedPiece, CarriedThread, PieceKind
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Forum, Thread
from app.municipalities.models import Municipality
from app.search.sources import Entry, Hit, Reader, Source, register
from app.search.sources.halls import author_of, author_tags
from app.search.sources.spaces import in_forums, where_of
from app.search.words import plain
from app.spaces.models import Space

_is_signed = and_(
    Participant.id == CarriedPiece.participant_id,
    CarriedPiece.kind != PieceKind.CONCERN,  # whose cards show no name
)
_pieces = (
    in_forums(
        select(CarriedPiece.id, CarriedThread.carried_at, CarriedPiece.text, CarriedPiece.html)
        .add_columns(Thread.forum_id, Forum.space_id)
        .join(CarriedThread, CarriedThread.id == CarriedPiece.carried_id)
        .join(Thread, Thread.id == CarriedThread.thread_id)
    )
    .add_columns(
        Participant.id.label("participant_id"),
        Participant.name.label("author_name"),
        Participant.account_id,
        Participant.municipality_id,
        Participant.state,
    )
    .outerjoin(Participant, _is_signed)
    .where(CarriedPiece.gone_at.is_(None))
)


def _text(row: Any) -> str:
    return plain(row.html) if row.html else str(row.text)


def _entry(row: Any) -> Entry:
    tags = ("kcarried", f"s{row.space_id}", f"f{row.forum_id}", *author_tags(row))
    return Entry(row.id, row.carried_at, "", _text(row), tags)


def _hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = (
        _pieces.add_columns(
            Thread.id.label("thread_id"),
            Thread.title,
            Forum.title.label("forum_title"),
            Space.name.label("space_name"),
            Municipality.name.label("municipality"),
        )
        .join(Space, Space.id == Forum.space_id)
        .outerjoin(Municipality, Municipality.id == Participant.municipality_id)
        .where(
            CarriedPiece.id.in_(ids),
            Forum.space_id.in_(reader.space_ids),
            Thread.hidden_at.is_(None),
        )
    )
    return [_hit(row) for row in db.session.execute(query)]


def _hit(row: Any) -> Hit:
    url = url_for("forums.show_thread", thread_id=row.thread_id, _anchor=f"piece-{row.id}")
    return Hit(row.id, url, row.title, _text(row), row.carried_at, where_of(row), author_of(row))


register(
    Source(
        "carried",
        12,
        _l("From an event"),
        _l("From events"),
        "undo",
        CarriedPiece,
        _pieces,
        _entry,
        _hits,
        is_in_spaces=True,
    )
)
