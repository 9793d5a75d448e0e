"""What pages of an event carry around their content: tabs, what is this person's own, their place.

Features add to all of them here when they are imported.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from app import outbox
from app.events.marks import How, marks, marks_of
from app.events.models import Event, Participant
from app.realtime import Partial, View
from app.realtime.partials import Context


@dataclass(frozen=True)
class Tab:
    """A way to another page of the event."""

    label: Any
    icon: str
    url: Callable[[Event], str]
    place: int


@dataclass(frozen=True)
class Personal:
    """A part that is drawn for one person; `of` are cards: it is empty for who has none of them.

    `how` says which: their own, or those that they support. What they are told `first` stands
    above what the page is about.
    """

    partial: Partial
    of: str = ""
    nothing: Callable[[], Context] = dict
    how: How = How.OWN
    first: bool = False


@dataclass(frozen=True)
class Own:
    """What is one person's own on a page of this version of their channel."""

    version: int
    first: Sequence[Markup]
    parts: Sequence[Markup]


@dataclass(frozen=True)
class Place:
    """Where somebody has their place now, as pages beside it show it in their head."""

    channel: str  # where its clock is heard; none if the event's is enough
    version: int
    clock: Markup
    way: Markup  # back to it


FindPlace = Callable[[Event, Participant], Place | None]

_tabs: list[Tab] = []
_places: list[FindPlace] = []
_personal: list[Personal] = []


def register_tab(tab: Tab) -> None:
    """Add a tab; they stand in the order of their places, one at each."""
    _tabs[:] = [known for known in _tabs if known.place != tab.place]
    _tabs.append(tab)
    _tabs.sort(key=lambda t: t.place)


def register_personal(
    partial: Partial,
    of: str = "",
    nothing: Callable[[], Context] = dict,
    how: How = How.OWN,
    *,
    first: bool = False,
) -> None:
    """Add a partial that is drawn for one person only, by their id, on all their pages.

    Where it shows their cards `of` a kind that has marks, `nothing` is its context for whoever
    has none, who are most: nothing is asked for them.
    """
    if all(known.partial is not partial for known in _personal):
        _personal.append(Personal(partial, of, nothing, how, first))


def register_place(find: FindPlace) -> None:
    """Add what knows where somebody has their place now."""
    if find not in _places:
        _places.append(find)


def place_of(event: Event, person: Participant) -> Place | None:
    """Where somebody has their place now, if not where everybody is."""
    return next(filter(None, (find(event, person) for find in _places)), None)


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


def personal_parts(person: Participant, version: int) -> Own:
    """What is this person's own, as it stands on a page."""
    mine = marks_of([person.id])[person.id]
    theirs = {how: {card.rpartition("-")[0] for card in mine[how]} for how in How}
    drawn = {
        part: part.partial.markup(_context(part, person, theirs[part.how]), View.PERSON, version)
        for part in _personal
    }
    first = [html for part, html in drawn.items() if part.first]
    others = [html for part, html in drawn.items() if not part.first]
    return Own(version, first, [marks.markup(mine, View.PERSON, version), *others])


def _context(part: Personal, person: Participant, theirs: Collection[str]) -> Context:
    if part.of and part.of not in theirs:
        return part.nothing()
    return part.partial.load([person.id])[person.id]


def personal_streams(person: Participant, *partials: Partial) -> list[Markup]:
    """What has become this person's own, as streams in the answer to what they did."""
    version = outbox.position(person.channel)
    return [
        partial.stream(person.id, partial.load([person.id])[person.id], View.PERSON, version)
        for partial in partials
    ]
