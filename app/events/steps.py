"""Kinds of agenda items: what each shows in the hall, in the cockpit and on the screen.

A feature registers its kinds here when it is imported, so that events need not know them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.events.models import AgendaItem, Participant
from app.realtime.audiences import View

Load = Callable[[AgendaItem, View], Mapping[str, Any]]


@dataclass(frozen=True)
class NextStep:
    """The one big button: what it says, and where it posts to."""

    label: Any
    url: str
    form: str = "act"  # the id of the form that it sends


@dataclass(frozen=True)
class StepKind:
    """One kind of agenda item; `lead` says where a person's page goes instead of the stage."""

    name: str
    label: Any
    stage: str  # template for the hall
    cockpit: str  # template for the middle of the cockpit
    screen: str  # template for the projector
    load: Load = lambda _item, _view: {}
    create: Callable[[AgendaItem], None] = lambda _item: None  # makes what the step works with
    next_step: Callable[[AgendaItem], NextStep | None] = lambda _item: None
    lead: Callable[[AgendaItem, Participant], str | None] = lambda _item, _person: None
    settings_template: str = ""  # the part of the agenda's form for its own settings
    fields: tuple[str, ...] = ()  # their names; fields are called setting-KIND-NAME


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
