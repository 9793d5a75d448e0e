"""Kinds of agenda items: what each shows in the hall, in the cockpit and on the screen.

A feature registers its kinds here when it is imported, so that events need not know them.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from typing import Any

from app.errors import NotFound
from app.events.models import AgendaItem, Event, Participant
from app.realtime.audiences import View

Load = Callable[[AgendaItem, View], Mapping[str, Any]]


@dataclass(frozen=True)
class NextStep:
    """The one big button: what it says, and where it posts to."""

    label: Any
    url: str
    form: str = "act"  # the id of the form that it sends
    key: str = ""  # another one that presses it, beside that of the big button


@dataclass(frozen=True)
class AtOnce:
    """A step that one click adds and starts: its title, and the settings of its kind."""

    title: str
    settings: dict[str, Any] = field(default_factory=dict)
    text: str = ""
    minutes: int | None = None


# A step that asks the same anew: one that is still to be added, or the one that does so already.
Again = Callable[[AgendaItem], AtOnce | AgendaItem]


@dataclass(frozen=True)
class StepKind:
    """One kind of agenda item; `lead` says where a person's page goes instead of the stage."""

    name: str
    label: Any
    stage: str  # template for the hall
    cockpit: str  # template for the middle of the cockpit
    screen: str  # template for the projector
    is_alike: bool = False  # whether everybody's page first shows the same stage
    load: Load = lambda _item, _view: {}
    create: Callable[[AgendaItem], None] = lambda _item: None  # makes what the step works with
    next_step: Callable[[AgendaItem], NextStep | None] = lambda _item: None
    lead: Callable[[AgendaItem, Participant], str | None] = lambda _item, _person: None
    settings_template: str = ""  # the part of the agenda's form for its own settings
    fields: tuple[str, ...] = ()  # their names; fields are called setting-KIND-NAME
    # raises where one of these settings has had its time, and is to be another all the same
    check: Callable[[AgendaItem, Mapping[str, Any]], None] = lambda _item, _settings: None
    at_once: Callable[[Event], AtOnce] | None = None  # what one click asks, where it can
    plan: Callable[[AgendaItem], str | None] = lambda _item: None  # the page of what it would be
    # what is worked out beforehand, as somebody asks to start it: nobody waits for it meanwhile
    ahead: Callable[[AgendaItem], AbstractContextManager[None]] = lambda _item: nullcontext()
    again: Again | None = None  # what asks the same once more, where the kind knows rounds


_kinds: dict[str, StepKind] = {}


def register(kind: StepKind) -> None:
    """Make a kind of step known."""
    _kinds[kind.name] = kind


def kind_of(item: AgendaItem) -> StepKind:
    """The kind of this agenda item."""
    return _kinds[item.kind]


def kinds() -> list[StepKind]:
    """All kinds, in the order in which a conference uses them."""
    return list(_kinds.values())


def kinds_at_once() -> list[StepKind]:
    """The kinds that one click starts."""
    return [kind for kind in _kinds.values() if kind.at_once is not None]


def kind_at_once(name: str) -> StepKind:
    """The kind of this name that one click starts; raises `NotFound`."""
    kind = _kinds.get(name)
    if kind is None or kind.at_once is None:
        raise NotFound
    return kind
