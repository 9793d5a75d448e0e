"""Partials: what a fact redraws, rendered from the template that the page first loaded with."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import render_template
from markupsafe import Markup, escape

from app.outbox import Fact
from app.realtime import rendered
from app.realtime.audiences import View

Context = Mapping[str, Any]


@dataclass(frozen=True, eq=False)
class Partial:
    """A piece of a page that can be drawn again by itself.

    `load` gets all ids that are dirty on a tick, and returns a template context for each that
    still exists: one query for many. `shown` says for a context and a view: True to draw it,
    False to take it away, None to keep silent, as if it had never been.
    """

    template: str
    target: str  # the id of its root element, with {id}
    load: Callable[[Sequence[Any]], Mapping[Any, Context]]
    views: frozenset[View]
    into: str | None = None  # the id of the list it belongs to, may hold keys of the context
    first: bool = False  # new ones go to the top of that list
    shown: Callable[[Context, View], bool | None] = lambda _context, _view: True
    looks: Callable[[Context], Hashable | None] | None = None  # all that they depend on, if known

    def of(self, id: Any) -> "Redraw":
        """This partial of one object is to be drawn again."""
        return Redraw(self, id)

    def markup(self, context: Context, view: View, version: int) -> Markup:
        """The partial itself, as it stands in a page."""
        looks = self.looks(context) if self.looks is not None else None
        if looks is not None:
            return rendered.once(self.template, (view, looks), context, version)
        html = render_template(self.template, **{**context, "view": view, "version": version})
        return Markup(html)  # noqa: S704 - a template has escaped what people wrote

    def stream(self, id: Any, context: Context | None, view: View, version: int) -> Markup:
        """The Turbo Stream that brings a page's copy up to date."""
        target = self.target.format(id=id)
        shown = self.shown(context, view) if context is not None else False
        if shown is None:
            return Markup()
        if not shown or context is None:
            return Stream("remove", target, version=version).markup()
        html = self.markup(context, view, version)
        if self.into is None:
            return Stream("replace", target, html, method="morph").markup()
        action = "prepend" if self.first else "append"
        return Stream(action, self.into.format_map(context), html).markup()


@dataclass(frozen=True)
class Redraw:
    """A partial of one object that a fact has made dirty; equal ones are drawn once."""

    partial: Partial
    id: Any
    to: str = ""  # the source whose audiences alone see it, if it is not the fact's own


@dataclass(frozen=True)
class Stream:
    """One Turbo Stream element; also a way to tell pages what to do (visit, catch-up, notice)."""

    action: str
    target: str = ""
    html: Markup | str = ""
    method: str = ""
    views: frozenset[View] = frozenset()
    version: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    to: str = ""  # the source whose audiences alone see it, if it is not the fact's own

    def markup(self) -> Markup:
        """The element as HTML."""
        pairs = [("action", self.action), ("target", self.target), ("method", self.method)]
        if self.version is not None:
            pairs.append(("data-version", str(self.version)))
        given = Markup(" ").join(
            Markup('{}="{}"').format(Markup(name), value)  # noqa: S704
            for name, value in [*pairs, *self.attributes]
            if value
        )
        return Markup("<turbo-stream {}><template>{}</template></turbo-stream>").format(
            given, escape(self.html)
        )


@dataclass(frozen=True)
class Disconnect:
    """Somebody's connections are to be closed: what they may hear has changed."""

    person: str  # the channel that is theirs alone


@dataclass(frozen=True)
class Dismiss:
    """All connections of a view are to be closed; who may still see it comes back."""

    view: View


@dataclass(frozen=True)
class Leave:
    """Somebody's connections are to leave a channel that they may no longer hear."""

    person: str  # the channel that is theirs alone
    channel: str


@dataclass(frozen=True)
class ShutOut:
    """Connections that hear a space are to be closed, of one person or of all; readers return."""

    space_id: int
    person: str | None = None  # the channel that is theirs alone


@dataclass(frozen=True)
class Shut:
    """Connections that hear a channel are to be closed; whoever may still hear it comes back."""

    channel: str


Closing = Disconnect | Dismiss | Leave | ShutOut | Shut
Change = Redraw | Stream | Closing
AnyFact = TypeVar("AnyFact", bound=Fact)
Redrawer = Callable[[AnyFact], Iterable[Change]]
_redrawers: dict[type[Fact], list[Callable[[Any], Iterable[Change]]]] = {}


def redraws(*kinds: type[Fact]) -> Callable[[Redrawer[AnyFact]], Redrawer[AnyFact]]:
    """Mark the function that says what these facts change on pages."""

    def register(redrawer: Redrawer[AnyFact]) -> Redrawer[AnyFact]:
        for kind in kinds:
            _redrawers.setdefault(kind, []).append(redrawer)
        return redrawer

    return register


def changes_of(facts: Iterable[Fact]) -> list[Change]:
    """What these facts change, each once, in the order in which it last became dirty."""
    changes: dict[Change, None] = {}
    for fact in facts:
        for redrawer in _redrawers.get(type(fact), ()):
            for change in redrawer(fact):
                changes.pop(change, None)
                changes[change] = None
    return list(changes)
