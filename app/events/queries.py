"""Reads of events."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import joinedload

from app.database import in_line, is_sqlite, now
from app.errors import NotFound
from app.events import guessing
from app.events.models import AgendaItem, Event, Participant
from app.extensions import db

_by_code = select(Event).where(Event.code == bindparam("code"))
_with_step = _by_code.options(joinedload(Event.current_item))


@cache
def _held_by_code(_is_sqlite: bool) -> Select[Event]:
    """Built once for each database: whoever comes in runs it."""
    held = _by_code.where(*in_line(Event, Event.id, shared=True))
    return held.with_for_update(read=True, of=Event).execution_options(populate_existing=True)


def event_by_code(code: str, *, with_step: bool = False) -> Event:
    """The event with this code, however it was typed; raises `NotFound`, or `TooMany`."""
    event = db.session.scalar(_with_step if with_step else _by_code, {"code": tidy_code(code)})
    guessing.count(event)
    return _there(event, code)


def held_by_code(code: str) -> Event:
    """The same in a transaction: the event is held (shared), and relied on until it ends.

    Raises `NotFound`. Guesses are not counted, which asks Redis: see `guessing.is_known_here`.
    """
    held = _held_by_code(is_sqlite(db.session))
    return _there(db.session.scalar(held, {"code": tidy_code(code)}), code)


def _there(event: Event | None, code: str) -> Event:
    if event is None:
        raise NotFound(
            _(
                "There is no event with the code %(code)s. Please compare it with the screen.",
                code=tidy_code(code)[:12],
            )
        )
    return event


def tidy_code(code: str) -> str:
    """A code as people type it: small letters, blanks and hyphens do not matter."""
    return "".join(c for c in code.upper() if c.isalnum())


def people(event_id: int) -> Sequence[Participant]:
    """Everybody in the event, those who lead it first, then by name."""
    rank = {"moderator": 0, "host": 1}
    everyone = db.session.scalars(
        select(Participant).where(
            Participant.event_id == event_id, Participant.removed_at.is_(None)
        )
    )
    return sorted(everyone, key=lambda p: (rank.get(p.role, 2), p.name.casefold(), p.id))


def people_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These people, as contexts of their lines in the cockpit."""
    rows = db.session.scalars(
        select(Participant).where(Participant.id.in_(ids), Participant.removed_at.is_(None))
    )
    return {person.id: {"person": person} for person in rows}


def head_count(event_id: int) -> dict[str, int]:
    """How many have joined, and how many of them are present."""
    joined, present = db.session.execute(
        select(func.count(), func.count().filter(Participant.present_until > now())).where(
            Participant.event_id == event_id, Participant.removed_at.is_(None)
        )
    ).one()
    return {"joined": joined, "present": present}


def present_people(event_id: int) -> Sequence[Participant]:
    """Those who are present, in the order in which they joined."""
    return db.session.scalars(
        select(Participant)
        .where(
            Participant.event_id == event_id,
            Participant.removed_at.is_(None),
            Participant.present_until > now(),
        )
        .order_by(Participant.id)
    ).all()


def events_of(account_id: int) -> Sequence[tuple[Event, Participant]]:
    """The events that an account takes part in, newest first."""
    rows = db.session.execute(
        select(Event, Participant)
        .join(Participant, Participant.event_id == Event.id)
        .where(Participant.account_id == account_id, Participant.removed_at.is_(None))
        .order_by(Event.created_at.desc())
    )
    return [(event, person) for event, person in rows]


def item_of(event: Event, item_id: int) -> AgendaItem:
    """An agenda item of this event; raises `NotFound`."""
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.event_id != event.id:
        raise NotFound
    return item
