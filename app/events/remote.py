"""The remote: what a moderator's phone shows and presses, and what is on the screen now."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from app.events import cards, clocks, steps
from app.events.facts import (
    AgendaChanged,
    CardHidden,
    HighlightChanged,
    NextStepChanged,
    StepChanged,
    StepStarted,
)
from app.events.identity import participant_in
from app.events.models import Event
from app.events.queries import event_by_code
from app.events.subscriptions import language_of
from app.extensions import db
from app.permissions import require
from app.realtime import Audience, Partial, Redraw, View, channel, redraws
from app.realtime.partials import Change

REMOTE = frozenset({View.REMOTE})


@channel("remote")
def remote(code: str) -> Audience:
    """Moderators alone hear what the remote shows."""
    event = event_by_code(code)
    person = participant_in(event)
    require(person, "events.moderate", event)
    return Audience(f"remote:{code}", event.channel, View.REMOTE, language_of(person))


def step_context(event: Event) -> dict[str, Any]:
    """Where the hall is, what the big button does, and the way back."""
    item = event.current_item
    kind = steps.kind_of(item) if item else None
    return {
        "event": event,
        "item": item,
        "next_step": kind.next_step(item) if kind and item else None,
        "following": event.following_item(),
        "previous": _previous(event),
        "clock": clocks.clock_of(item),
    }


def _previous(event: Event) -> Any:
    current = event.current_item
    earlier = [i for i in event.items if current and i.position < current.position]
    return earlier[-1] if earlier else None


def screen_context(event: Event) -> dict[str, Any]:
    """What is on the screen now: a card, or the current step."""
    return {"event": event, "shown": cards.on_screen(event)}


def cards_context(event: Event) -> dict[str, Any]:
    """The cards that can be shown, kind by kind."""
    return {"event": event, "offers": cards.offers(event)}


def page_context(event: Event) -> dict[str, Any]:
    """All that the remote shows."""
    return {**step_context(event), **screen_context(event), **cards_context(event)}


def on_screen(event: Event, version: int) -> Markup:
    """What is on the screen, as it stands in a page of somebody who leads."""
    return screen_part.markup(screen_context(event), View.REMOTE, version)


def _offered(names: Sequence[str]) -> dict[str, dict[str, Any]]:
    """These cards as contexts of their buttons; those that are no longer offered are left out."""
    found = cards.offered(names)
    return {name: {"card": card, "kind": card.kind.name} for name, card in found.items()}


def _each(load: Any) -> Any:
    def all_of(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
        return {id: load(db.session.get_one(Event, id)) for id in ids}

    return all_of


step_part = Partial("events/_remote_step.html", "remote-step", _each(step_context), REMOTE)
cards_part = Partial("events/_remote_cards.html", "remote-cards", _each(cards_context), REMOTE)
card_part = Partial(
    "events/_remote_card.html",
    "remote-{id}",
    _offered,
    REMOTE,
    into="remote-list-{kind}",
    first=True,
)
screen_part = Partial(
    "events/_on_screen.html", "on-screen", _each(screen_context), REMOTE | {View.COCKPIT}
)


@redraws(NextStepChanged)
def _next_changed(fact: NextStepChanged) -> Iterable[Change]:
    return [Redraw(step_part, fact.event_id)]


@redraws(StepStarted, StepChanged, AgendaChanged)
def _step_changed(fact: StepStarted | StepChanged | AgendaChanged) -> Iterable[Change]:
    return [Redraw(part, fact.event_id) for part in (step_part, cards_part)]


@redraws(HighlightChanged)
def _shown_changed(fact: HighlightChanged) -> Iterable[Change]:
    return [Redraw(screen_part, fact.event_id)]


@redraws(CardHidden)
def _card_hidden(fact: CardHidden) -> Iterable[Change]:
    return [Redraw(screen_part, fact.event_id), changed(fact.kind, fact.id)]


def changed(kind: str, id: int) -> Redraw:
    """A card that is offered to be shown has come, changed, or is no longer there."""
    return Redraw(card_part, f"{kind}-{id}")
