"""Concerns, which have no author here since their cards show none; and aspects."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.events.models import Event
from app.extensions import db
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.permissions import visible_to_all
from app.search.sources import Entry, Hit, Reader, Source, register
from app.search.sources.halls import EVENT, in_event, tags_of

_concerns = (
    select(Concern.id, Concern.created_at, Concern.text, FlashPoll.event_id)
    .join(FlashPoll, FlashPoll.id == Concern.poll_id)
    .where(Concern.withdrawn_at.is_(None))
)


def _concern_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, "", row.text, tags_of(row, "concern"))


def _concern_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = (
        _concerns.add_columns(FlashPoll.question, FlashPoll.item_id, *EVENT)
        .join(Event, Event.id == FlashPoll.event_id)
        .where(Concern.id.in_(ids), Event.id.in_(reader.event_ids), visible_to_all())
    )
    return [
        Hit(
            row.id,
            url_for("events.step", code=row.code, item_id=row.item_id, _anchor=f"concern-{row.id}"),
            row.question,
            row.text,
            row.created_at,
            in_event(row),
        )
        for row in db.session.execute(query)
    ]


_aspects = (
    select(Aspect.id, Aspect.created_at, Aspect.title, FlashPoll.event_id)
    .join(FlashPoll, FlashPoll.id == Aspect.poll_id)
    .where(FlashPoll.frozen_at.is_not(None))
)


def _aspect_entry(row: Any) -> Entry:
    return Entry(row.id, row.created_at, row.title, "", tags_of(row, "aspect"))


def _aspect_hits(reader: Reader, ids: Sequence[int]) -> list[Hit]:
    query = (
        _aspects.add_columns(FlashPoll.question, *EVENT)
        .join(Event, Event.id == FlashPoll.event_id)
        .where(Aspect.id.in_(ids), Event.id.in_(reader.event_ids))
    )
    return [
        Hit(
            row.id,
            url_for("proposals.aspect", aspect_id=row.id),
            row.title,
            row.question,
            row.created_at,
            in_event(row),
        )
        for row in db.session.execute(query)
    ]


register(
    Source(
        "concern",
        4,
        _l("Concern"),
        _l("Concerns"),
        "concern",
        Concern,
        _concerns,
        _concern_entry,
        _concern_hits,
    )
)

register(
    Source(
        "aspect",
        5,
        _l("Aspect"),
        _l("Aspects"),
        "highlight",
        Aspect,
        _aspects,
        _aspect_entry,
        _aspect_hits,
    )
)
