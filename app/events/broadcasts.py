"""Which fact of an event redraws which part of the hall, the cockpit and the screen."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from markupsafe import Markup

from app.events import cards, clocks, steps
from app.events.facts import (
    AgendaChanged,
    CardHidden,
    CockpitChanged,
    EventChanged,
    HighlightChanged,
    NextStepChanged,
    ParticipantArrived,
    ParticipantChanged,
    ParticipantJoined,
    ParticipantLeft,
    ScreensClosed,
    StepChanged,
    StepLeft,
    StepStarted,
)
from app.events.models import AgendaItem, Event, Participant
from app.events.queries import head_count, people_by_id
from app.extensions import db
from app.realtime import Disconnect, Dismiss, Partial, Redraw, Stream, View, redraws
from app.realtime.partials import Change, Context

HALL = frozenset({View.HALL})
COCKPIT = frozenset({View.COCKPIT})
SCREEN = frozenset({View.SCREEN})


def step_context(item: AgendaItem | None, view: View) -> dict[str, Any]:
    """What an agenda item shows in a view; without an item, what shows before the first."""
    if item is None:
        return {"item": None, "kind": None, "next_step": None}
    kind = steps.kind_of(item)
    return {
        "item": item,
        "kind": kind,
        "next_step": kind.next_step(item) if view is View.COCKPIT else None,
        **kind.load(item, view),
    }


def event_context(event: Event, view: View) -> dict[str, Any]:
    """The current step of an event in a view."""
    return {"event": event, **step_context(event.current_item, view)}


def _in_view(view: View) -> Any:
    def load(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        return {id: event_context(db.session.get_one(Event, id), view) for id in ids}

    return load


def _steps(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Steps on pages of their own; the current one is there only by name, for it may be large."""
    items = {id: db.session.get(AgendaItem, id) for id in ids}
    return {
        id: {"event": item.event, "item": item}
        | ({} if item.is_current else step_context(item, View.HALL))
        for id, item in items.items()
        if item is not None
    }


def _events(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {id: {"event": db.session.get_one(Event, id)} for id in ids}


def _next_steps(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """What comes next, without all that the current step shows."""
    events = [db.session.get_one(Event, id) for id in ids]
    return {event.id: {"event": event, "next_step": _next_step(event)} for event in events}


def _next_step(event: Event) -> steps.NextStep | None:
    item = event.current_item
    return steps.kind_of(item).next_step(item) if item is not None else None


def _counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {id: {"count": head_count(id)} for id in ids}


def screen_context(event: Event) -> dict[str, Any]:
    """What the projector shows: the highlighted card, or the current step."""
    context = event_context(event, View.SCREEN)
    context["count"] = head_count(event.id)
    context["clock"] = clocks.clock_of(event.current_item)
    context["highlight"] = None
    if event.highlight_kind:
        kind = cards.kind_named(event.highlight_kind)
        card = cards.card(event, event.highlight_kind, event.highlight_id)
        context |= {"highlight": kind, **kind.context(card)}
    return context


def _screens(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {id: screen_context(db.session.get_one(Event, id)) for id in ids}


def _person_looks(context: Context) -> Hashable:
    person = context["person"]
    place = person.municipality.name if person.municipality else person.state
    return (person.id, person.name, place, person.role, person.is_present, person.event.code)


def person_card(person: Participant, version: int) -> Markup:
    """Somebody's line as it stands in the cockpit."""
    return person_line.markup({"person": person}, View.COCKPIT, version)


stage = Partial("events/_stage.html", "stage", _in_view(View.HALL), HALL)
step = Partial("events/_step.html", "step-{id}", _steps, HALL)
agenda = Partial("events/_agenda.html", "agenda", _events, HALL)
cockpit_agenda = Partial("events/_cockpit_agenda.html", "cockpit-agenda", _events, COCKPIT)
cockpit_step = Partial("events/_cockpit_step.html", "cockpit-step", _in_view(View.COCKPIT), COCKPIT)
step_foot = Partial("events/_step_foot.html", "step-foot", _next_steps, COCKPIT)
join_card = Partial("events/_join_card.html", "join-card", _events, COCKPIT)
person_line = Partial(
    "events/_person.html", "person-{id}", people_by_id, COCKPIT, into="people", looks=_person_looks
)
count = Partial("events/_head_count.html", "head-count", _counts, COCKPIT | SCREEN)
screen = Partial("events/_screen.html", "screen-stage", _screens, SCREEN)


@redraws(StepStarted)
def _step_started(fact: StepStarted) -> Iterable[Change]:
    return [*everything(fact.event_id), Redraw(step, fact.item_id)]


@redraws(StepLeft)
def _step_left(fact: StepLeft) -> Iterable[Change]:
    return [_on_its_own_page(fact.item_id)]


@redraws(AgendaChanged)
def _agenda_changed(fact: AgendaChanged) -> Iterable[Change]:
    return everything(fact.event_id)


@redraws(StepChanged)
def _step_changed(fact: StepChanged) -> Iterable[Change]:
    if not fact.hall_too:
        return [Redraw(partial, fact.event_id) for partial in (cockpit_step, screen)]
    return [*everything(fact.event_id), _on_its_own_page(fact.item_id)]


def _on_its_own_page(item_id: int) -> Change:
    """Hardly anybody looks at a step that is not now: whoever does fetches it, for it is large."""
    item = db.session.get(AgendaItem, item_id)
    if item is None or item.is_current:
        return Redraw(step, item_id)
    return Stream("catch-up", f"step-{item_id}", views=HALL)


@redraws(CockpitChanged)
def _cockpit_changed(fact: CockpitChanged) -> Iterable[Change]:
    return [Redraw(cockpit_step, fact.event_id)]


@redraws(NextStepChanged)
def _next_step_changed(fact: NextStepChanged) -> Iterable[Change]:
    return [Redraw(step_foot, fact.event_id)]


@redraws(HighlightChanged)
def _highlight_changed(fact: HighlightChanged) -> Iterable[Change]:
    return [Redraw(screen, fact.event_id)]


@redraws(EventChanged)
def _event_changed(fact: EventChanged) -> Iterable[Change]:
    return [Redraw(join_card, fact.event_id), Redraw(screen, fact.event_id)]


@redraws(ScreensClosed)
def _screens_closed(_fact: ScreensClosed) -> Iterable[Change]:
    return [Dismiss(View.SCREEN)]


@redraws(CardHidden)
def _card_hidden(fact: CardHidden) -> Iterable[Change]:
    return [Redraw(screen, fact.event_id)]


@redraws(ParticipantJoined, ParticipantArrived, ParticipantLeft)
def _people_changed(
    fact: ParticipantJoined | ParticipantArrived | ParticipantLeft,
) -> Iterable[Change]:
    return [Redraw(person_line, fact.participant_id), Redraw(count, fact.event_id)]


@redraws(ParticipantChanged)
def _person_changed(fact: ParticipantChanged) -> Iterable[Change]:
    return [
        Redraw(person_line, fact.participant_id),
        Redraw(count, fact.event_id),
        Disconnect(Participant.channel_of(fact.participant_id)),
    ]


def everything(event_id: int) -> list[Change]:
    """All that shows the current step or the agenda."""
    return [Redraw(p, event_id) for p in (stage, agenda, cockpit_agenda, cockpit_step, screen)]
