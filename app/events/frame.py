"""What every page of an event carries around its content: tabs, and what is this person's own.

Features add to both here when they are imported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app import outbox
from app.events.models import Event, Participant
from app.realtime import Partial, View

Load = Callable[[Participant], dict[str, Any]]


@dataclass(frozen=True)
class Tab:
    """A way to another page of the event."""

    label: Any
    icon: str
    url: Callable[[Event], str]
    place: int


_tabs: list[Tab] = []
_personal: list[tuple[Partial, Load]] = []


def register_tab(tab: Tab) -> None:
    """Add a tab; they stand in the order of their places."""
    _tabs.append(tab)
    _tabs.sort(key=lambda t: t.place)


def register_personal(partial: Partial, load: Load) -> None:
    """Add a partial that is drawn for one person only, on all their pages."""
    _personal.append((partial, load))


def tabs(event: Event) -> list[dict[str, Any]]:
    """The tabs of an event's pages."""
    return [{"label": t.label, "icon": t.icon, "url": t.url(event)} for t in _tabs]


def page_context(event: Event, person: Participant) -> dict[str, Any]:
    """What every live page of an event needs; call it before the page's data is read."""
    return {
        "event": event,
        "me": person,
        "view": View.HALL,
        "version": outbox.position(event.channel),
    }


def personal_parts(person: Participant, version: int) -> list[Markup]:
    """What is this person's own, as it stands on a page."""
    return [partial.markup(load(person), View.PERSON, version) for partial, load in _personal]


def personal_streams(person: Participant, version: int, *partials: Partial) -> list[Markup]:
    """What is this person's own, as streams in the answer to what they did."""
    return [
        partial.stream(person.id, load(person), View.PERSON, version)
        for partial, load in _personal
        if not partials or partial in partials
    ]
