"""Pages that are the same for everybody but for a few places: rendered once, filled in for each.

A hall of a thousand that comes in within seconds gets one rendering of a page, not a thousand.
What is one person's own stands in *holes*. A function that templates call (`@hole`) leaves a mark
while a page is rendered to be kept; other values are given by name with each request. Nothing else
that a person brings may show: pages are kept for people who are not signed in and told nothing.
"""

import re
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from flask import Flask, current_app, g, render_template, request, session
from flask_babel import get_locale
from flask_login import current_user
from markupsafe import Markup, escape

from app.identity import is_somebody

PAGES, PARTS = "kept pages", "kept parts"
MOST = 50  # pages kept, of half a megabyte where a hall has much to say
MOST_PARTS = 200  # of pages, of some kilobytes
LONGEST = 2.0  # seconds; what changes without a fact (a municipality's name) is seen after that
SECRET = secrets.token_hex(8)  # nobody can write a mark into a text
MARK = re.compile(rf"{SECRET}-(\w+)-{SECRET}")

Marks = Mapping[str, Any]

_holes: dict[str, Callable[[], Any]] = {}


@dataclass
class _Page:
    """Pieces that are everybody's, and between them the names of holes."""

    pieces: list[str]
    until: float = field(default_factory=lambda: time.monotonic() + LONGEST)

    def filled(self, values: Mapping[str, Any]) -> str:
        """The page for one person."""
        filled = list(self.pieces)
        for place in range(1, len(filled), 2):
            name = filled[place]
            filled[place] = str(escape(values[name] if name in values else _holes[name]()))
        return "".join(filled)


_turn = threading.Lock()
_turn_of_parts = threading.Lock()


def init_app(app: Flask) -> None:
    """Let the application keep pages, and parts of them."""
    app.extensions[PAGES] = OrderedDict()
    app.extensions[PARTS] = OrderedDict()


def _kept(what: str) -> OrderedDict[Hashable, _Page]:
    pages: OrderedDict[Hashable, _Page] = current_app.extensions[what]
    return pages


def hole(fill: Callable[[], Any]) -> Callable[[], Any]:
    """Mark a function of templates that says something else to each person."""
    name = fill.__name__
    _holes[name] = fill

    @wraps(fill)
    def called() -> Any:
        return _mark(name) if g.get("renders_to_keep") else fill()

    return called


def is_for_anybody() -> bool:
    """Whether the person on the other side sees what others see, but for the holes."""
    return not current_user.is_authenticated and "_flashes" not in session


def page(
    template: str, looks: Hashable, make: Callable[[Marks], Mapping[str, Any]], **own: Any
) -> str:
    """The page with what is this person's own.

    `looks` is all that it depends on besides; `make` returns the context where there is no page
    of these looks, with marks in the places of what is one's own. Addresses that ask for more are
    nobody else's: whoever makes them up pushes out no page, and makes nobody wait.
    """
    if request.query_string:
        return render_template(template, **make(own))
    key = (template, str(get_locale()), request.method, request.path, is_somebody(), looks)
    pages = _kept(PAGES)
    kept = _fresh(key, pages)
    if kept is None:
        with _turn:  # when a page has just changed, all who want it wait for one rendering
            kept = _fresh(key, pages)
            if kept is None:
                kept = _Page(_pieces(template, make({name: _mark(name) for name in own})))
                _put(key, kept, pages, MOST)
    return kept.filled(own)


def part(template: str, looks: Hashable, make: Callable[[], Mapping[str, Any]]) -> Markup:
    """A part of a page in which nothing is one's own, for all who come to that page at once."""
    key, parts = (template, str(get_locale()), looks), _kept(PARTS)
    kept = _fresh(key, parts)
    if kept is None:
        with _turn_of_parts:
            kept = _fresh(key, parts)
            if kept is None:
                kept = _Page([render_template(template, **make())])
                _put(key, kept, parts, MOST_PARTS)
    return Markup(kept.pieces[0])  # noqa: S704 - a template has escaped what people wrote


def _fresh(key: Hashable, pages: Mapping[Hashable, _Page]) -> _Page | None:
    kept = pages.get(key)
    return kept if kept is not None and kept.until >= time.monotonic() else None


def _put(key: Hashable, kept: _Page, pages: OrderedDict[Hashable, _Page], most: int) -> None:
    for old in [old for old in pages if _fresh(old, pages) is None]:
        del pages[old]
    if len(pages) >= most:
        pages.popitem(last=False)
    pages[key] = kept


def _pieces(template: str, context: Mapping[str, Any]) -> list[str]:
    g.renders_to_keep = True
    try:
        return MARK.split(render_template(template, **context))
    finally:
        g.renders_to_keep = False


def _mark(name: str) -> Markup:
    return Markup(f"{SECRET}-{name}-{SECRET}")  # noqa: S704 - it is ours
