"""Clocks: how long a step still takes, on the screen and on the remote.

A feature whose steps have a deadline registers its clock here when it is imported; its own facts
draw the partial anew.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from app.events.countdowns import Timed
from app.events.models import AgendaItem
from app.realtime import Partial, View
from app.realtime.partials import Context


@dataclass(frozen=True)
class Clock:
    """The clock of one kind of step."""

    partial: Partial
    load: Callable[[AgendaItem], Context | None]  # what it is drawn from; none if nothing counts
    one_more_minute: Callable[[AgendaItem], str]  # where that is asked for


def countdown_clock(
    partial: Partial, name: str, of: Callable[[AgendaItem], Timed | None], endpoint: str
) -> Clock:
    """The clock of what has a countdown, and is called so in its template and its addresses."""

    def load(item: AgendaItem) -> Context | None:
        timed = of(item)
        return {name: timed} if timed is not None and timed.closes_at else None

    def one_more_minute(item: AgendaItem) -> str:
        timed = of(item)
        assert timed is not None
        return url_for(endpoint, **{f"{name}_id": timed.id}, seconds=60)

    return Clock(partial, load, one_more_minute)


@dataclass(frozen=True)
class Running:
    """A clock that counts now."""

    partial: Partial
    context: Context
    one_more_minute: str

    def markup(self, view: View, version: int) -> Markup:
        """The clock as it stands in a page."""
        return self.partial.markup(self.context, view, version)


_clocks: dict[str, Clock] = {}


def register(kind: str, clock: Clock) -> None:
    """Give a kind of step its clock."""
    _clocks[kind] = clock


def clock_of(item: AgendaItem | None) -> Running | None:
    """The clock of this step, if one counts now."""
    if item is None or item.kind not in _clocks:
        return None
    clock = _clocks[item.kind]
    context = clock.load(item)
    if context is None:
        return None
    return Running(clock.partial, context, clock.one_more_minute(item))
