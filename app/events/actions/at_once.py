"""Steps that nobody has planned: one click adds one behind the current one, and starts it."""

from datetime import timedelta

from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from app.database import locked, now
from app.errors import Conflict, NotFound
from app.events import steps
from app.events.actions.agenda import add_item, start_step
from app.events.facts import StepRepeated
from app.events.models import AgendaItem, Event
from app.events.steps import AtOnce, StepKind
from app.extensions import db
from app.outbox import announce

DOUBLE_CLICK = timedelta(seconds=3)


def start_at_once(event: Event, kind: StepKind) -> AgendaItem:
    """Ask what this kind asks without being told; the words are in the event's language."""
    assert kind.at_once is not None
    locked(Event, event.id)
    if event.is_template:
        raise Conflict(_l("This is a template: make an event of it first."))
    with force_locale(event.language):
        asked = kind.at_once(event)
    current = event.current_item
    if current is not None and _has_just_asked(current, kind, asked):
        return current
    item = _add_behind_current(event, kind, asked)
    start_step(event, item)
    return item


def ask_again(event: Event, item: AgendaItem) -> AgendaItem:
    """Ask once more what the current step asked, in a step of its own: the first stays as it is."""
    kind = steps.kind_of(item)
    if kind.again is None:
        raise NotFound
    locked(Event, event.id)
    with force_locale(event.language):
        asked = kind.again(item)
    if isinstance(asked, AtOnce):
        if not item.is_current:
            raise Conflict(_l("Start this step of the agenda first."))
        new = _add_behind_current(event, kind, asked)
        announce(StepRepeated(item.id, new.id))
    else:
        new = asked
    start_step(event, new)
    return new


def _add_behind_current(event: Event, kind: StepKind, asked: AtOnce) -> AgendaItem:
    item = add_item(event, kind.name, asked.title, asked.text, asked.minutes, asked.settings)
    _put_behind_current(event, item)
    return item


def _has_just_asked(item: AgendaItem, kind: StepKind, asked: AtOnce) -> bool:
    """Whether this is the second half of a double click."""
    said = (item.kind, item.title, item.settings)
    return (
        said == (kind.name, asked.title, asked.settings)
        and item.started_at is not None
        and now() - item.started_at < DOUBLE_CLICK
    )


def _put_behind_current(event: Event, item: AgendaItem) -> None:
    """Those that come later make room, the last of them first: no two stand at one place."""
    here = event.current_item.position if event.current_item else 0
    later = [each for each in event.items if each.position > here and each is not item]
    if not later:
        return
    free = item.position
    item.position = free + 1
    db.session.flush()
    for each in reversed(later):
        each.position, free = free, each.position
        db.session.flush()
    item.position = free
    db.session.flush()
    db.session.refresh(event, ["items"])
