"""Events, as posts in forums link to them."""

import re
from collections.abc import Sequence

from flask import url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.composing.references import MOST_OFFERED, Card, Offer, ReferenceKind
from app.events.models import Event
from app.extensions import db

PAGE = re.compile(r"/e/(\w{6})(?:/results)?/?")


def _match(path: str) -> int | None:
    page = PAGE.fullmatch(path)
    query = select(Event.id).where(Event.code == page[1].upper()) if page else None
    return db.session.scalar(query) if query is not None else None


def _load(ids: Sequence[int]) -> dict[int, Card]:
    events = db.session.scalars(
        select(Event).where(Event.id.in_(ids), Event.is_template.is_(False))
    )
    return {event.id: Card(event.title, event.space_id) for event in events}


def _offer(space_id: int) -> list[Offer]:
    events = db.session.scalars(
        select(Event)
        .where(Event.space_id == space_id, Event.is_template.is_(False))
        .order_by(Event.id.desc())
        .limit(MOST_OFFERED)
    )
    return [Offer(url_for("events.live", code=event.code), event.title, "") for event in events]


event = ReferenceKind("event", _l("Event"), "people", _match, _load, of_event=True, offer=_offer)
