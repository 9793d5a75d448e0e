"""Concerns and aspects, as posts in forums link to them."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _n
from sqlalchemy import Select, func, select

from app.composing.references import (
    MOST_OFFERED,
    Card,
    Offer,
    ReferenceKind,
    either,
    under,
    within_event,
)
from app.events.models import Event
from app.extensions import db
from app.livepolls.models import Aspect, Concern, FlashPoll
from app.livepolls.permissions import visible_to_all
from app.livepolls.queries import supports_of


def _concerns(*columns: Any) -> Select[Any]:
    """The concerns that everybody in their event sees, with it."""
    return (
        select(*columns)
        .join(FlashPoll, FlashPoll.id == Concern.poll_id)
        .join(Event, Event.id == FlashPoll.event_id)
        .where(visible_to_all())
    )


def _aspects(*columns: Any) -> Select[Any]:
    """The aspects that have a page for everybody, with their event."""
    return (
        select(*columns)
        .join(FlashPoll, FlashPoll.id == Aspect.poll_id)
        .join(Event, Event.id == FlashPoll.event_id)
        .where(FlashPoll.frozen_at.is_not(None))
    )


def _load_concerns(ids: Sequence[int]) -> dict[int, Card]:
    rows = db.session.execute(
        _concerns(Concern.id, Concern.text, Event.space_id, Event.title, supports_of).where(
            Concern.id.in_(ids)
        )
    )
    return {
        id: Card(text, space_id, place, _n("%(num)d voice", "%(num)d voices", 1 + others))
        for id, text, space_id, place, others in rows
    }


def _load_aspects(ids: Sequence[int]) -> dict[int, Card]:
    concerns = (
        select(func.count())
        .where(Concern.aspect_id == Aspect.id, visible_to_all())
        .correlate(Aspect)
        .scalar_subquery()
    )
    rows = db.session.execute(
        _aspects(Aspect.id, Aspect.title, Event.space_id, Event.title, concerns).where(
            Aspect.id.in_(ids)
        )
    )
    return {
        id: Card(title, space_id, place, _n("%(num)d concern", "%(num)d concerns", behind))
        for id, title, space_id, place, behind in rows
    }


def _offer_concerns(space_id: int) -> list[Offer]:
    rows = db.session.execute(
        _concerns(Concern.id, Concern.text, Event.code, Event.title)
        .where(Event.space_id == space_id)
        .order_by(Concern.id.desc())
        .limit(MOST_OFFERED)
    )
    return [
        Offer(url_for("results.show", code=code, _anchor=f"concern-{id}"), text, place)
        for id, text, code, place in rows
    ]


def _offer_aspects(space_id: int) -> list[Offer]:
    rows = db.session.execute(
        _aspects(Aspect.id, Aspect.title, Event.title)
        .where(Event.space_id == space_id)
        .order_by(Aspect.id.desc())
        .limit(MOST_OFFERED)
    )
    return [Offer(f"/aspects/{id}", title, place) for id, title, place in rows]


concern = ReferenceKind(
    "concern",
    _l("Concern"),
    "concern",
    within_event("concern"),
    _load_concerns,
    of_event=True,
    offer=_offer_concerns,
)
aspect = ReferenceKind(
    "aspect",
    _l("Aspect"),
    "questions",
    either(under("/aspects/"), within_event("aspect")),
    _load_aspects,
    of_event=True,
    offer=_offer_aspects,
)
