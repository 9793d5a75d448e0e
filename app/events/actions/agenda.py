"""Events, their agendas, and the step that the hall is at."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.database import locked, now
from app.errors import Conflict
from app.events import steps
from app.events.actions.hall import highlight
from app.events.facts import (
    AgendaChanged,
    EventChanged,
    StepLeft,
    StepStarted,
)
from app.events.models import AgendaItem, Event
from app.extensions import db
from app.outbox import announce


def create_event(
    title: str,
    *,
    language: str = "de",
    items: list[dict[str, Any]] | None = None,
    is_template: bool = False,
) -> Event:
    """A new event with these agenda items (kind, title, text, minutes, settings)."""
    event = Event(title=title, language=language, is_template=is_template)
    db.session.add(event)
    db.session.flush()
    for item in items or []:
        add_item(event, **item)
    return event


def change_event(event: Event, **changes: Any) -> None:
    """Change an event's title, beginning or space."""
    for name, value in changes.items():
        setattr(event, name, value)
    db.session.flush()
    announce(EventChanged(event.id), event.channel)


def event_from(template: Event, title: str) -> Event:
    """A new event with the agenda of another one, without what happened there."""
    items = [
        {
            "kind": i.kind,
            "title": i.title,
            "text": i.text,
            "minutes": i.minutes,
            "settings": dict(i.settings),
        }
        for i in template.items
    ]
    event = create_event(title, language=template.language, items=items)
    event.time_zone = template.time_zone
    event.retention_months = template.retention_months
    return event


def add_item(
    event: Event,
    kind: str,
    title: str,
    text: str = "",
    minutes: int | None = None,
    settings: dict[str, Any] | None = None,
) -> AgendaItem:
    """Add a step at the end of the agenda, with what it works with."""
    last = max((i.position for i in event.items), default=0)
    item = AgendaItem(
        event_id=event.id,
        position=last + 1,
        kind=kind,
        title=title,
        text=text,
        minutes=minutes,
        settings=settings or {},
    )
    event.items.append(item)
    db.session.flush()
    steps.kind_of(item).create(item)
    announce(AgendaChanged(event.id), event.channel)
    return item


def change_item(item: AgendaItem, **changes: Any) -> None:
    """Change a step's title, text, minutes or settings."""
    locked(AgendaItem, item.id)
    for name, value in changes.items():
        setattr(item, name, value)
    steps.kind_of(item).create(item)
    announce(AgendaChanged(item.event_id), item.event.channel)


def move_item(item: AgendaItem, by: int) -> None:
    """Move a step earlier (-1) or later (+1) in the agenda."""
    event = locked(Event, item.event_id)
    order = list(event.items)
    here = order.index(item)
    there = here + by
    if not 0 <= there < len(order):
        raise Conflict(_l("It cannot move further."))
    other = order[there]
    mine, theirs = item.position, other.position
    item.position = 1 + max(i.position for i in order)
    db.session.flush()
    other.position = mine
    db.session.flush()
    item.position = theirs
    db.session.flush()
    db.session.refresh(event, ["items"])
    announce(AgendaChanged(event.id), event.channel)


def remove_item(item: AgendaItem) -> None:
    """Remove a step that has not begun."""
    event = locked(Event, item.event_id)
    item = locked(AgendaItem, item.id)
    if item.started_at is not None:
        raise Conflict(_l("This step has begun; what was said in it stays."))
    event.items.remove(item)
    announce(AgendaChanged(event.id), event.channel)


def start_step(event: Event, item: AgendaItem) -> None:
    """Bring the hall to this step; the features follow."""
    locked(Event, event.id)
    item = locked(AgendaItem, item.id)  # somebody else may have removed it in the meantime
    if event.is_template:
        raise Conflict(_l("This is a template: make an event of it first."))
    if item.is_current:
        return
    leaving = event.current_item
    if leaving is not None:
        leaving.finished_at = now()
        announce(StepLeft(event.id, leaving.id), event.channel)
    event.current_item = item
    item.started_at = item.started_at or now()
    item.finished_at = None
    highlight(event, None, None)
    db.session.flush()
    announce(StepStarted(event.id, item.id), event.channel)
