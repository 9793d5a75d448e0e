"""Cards: what can be put on the screen, and taken off every page with one tap.

A feature registers its kinds of cards here when it is imported.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.database import found, now
from app.errors import NotFound
from app.events.facts import HighlightChanged
from app.events.models import Event
from app.extensions import db
from app.outbox import announce


class Hideable:
    """Columns of what a moderator can take off all pages, and its author take back."""

    hidden_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)

    @classmethod
    def shown(cls) -> ColumnElement[bool]:
        """Which of them everybody may see: what is neither hidden nor taken back."""
        return and_(cls.hidden_at.is_(None), cls.withdrawn_at.is_(None))

    @property
    def is_hidden(self) -> bool:
        """Whether only moderators and its author see it."""
        return self.hidden_at is not None

    def hide(self, hidden: bool) -> None:
        """Take it off all pages, or bring it back."""
        self.hidden_at = now() if hidden else None


def _none(_event: Event) -> Sequence[Any]:
    """No card of a kind is offered by itself."""
    return ()


@dataclass(frozen=True)
class CardKind:
    """One kind of card; its table is `Hideable`, and its rows know `event_id` and `channels`."""

    name: str
    table: type[Any]
    channels: Callable[[Any], tuple[str, ...]]  # where it is seen
    screen: str = ""  # template for the projector, if it can be highlighted
    by_key: Callable[[int, int], Any] | None = None  # where pages use no ids: of an event, its key
    hold: Callable[[Any], Any] = lambda _card: None  # what is held while one is hidden
    context: Callable[[Any], dict[str, Any]] = lambda card: {"card": card}
    label: Any = ""  # what one of them is called
    plural: Any = ""  # and many
    place: int = 0  # among the kinds that a remote offers
    waits: Callable[[Any], bool] = lambda _card: False  # to be read before it is shown
    words: Callable[[Any], str] = lambda card: str(card.text)
    latest: Callable[[Event], Sequence[Any]] = _none  # what a remote offers
    is_offered: Callable[[Any], bool] = lambda _card: True  # whether it still does


@dataclass(frozen=True)
class Shown:
    """A card that is, or could be, on the screen."""

    kind: CardKind
    id: int
    code: str  # of its event
    words: str
    is_shown: bool


@dataclass(frozen=True)
class Offer:
    """The cards of one kind that can be shown."""

    kind: CardKind
    cards: Sequence[Shown]


MOST_OFFERED = 8  # of a kind: a remote is no list to read
_kinds: dict[str, CardKind] = {}


def register(kind: CardKind) -> None:
    """Make a kind of card known."""
    _kinds[kind.name] = kind


def kind_named(name: str | None) -> CardKind:
    """The kind of this name; raises `NotFound`."""
    if name not in _kinds:
        raise NotFound
    return _kinds[name]


def card(event: Event, kind: str | None, id: int | None) -> Any:
    """A card of this event; raises `NotFound`."""
    by_key = kind_named(kind).by_key
    thing = by_key(event.id, id or 0) if by_key else found(kind_named(kind).table, id)
    if thing is None or thing.event_id != event.id:
        raise NotFound
    return thing


def is_taken_back(thing: Any) -> bool:
    """Whether its author has taken a card back; some kinds have none who could."""
    return getattr(thing, "withdrawn_at", None) is not None


def is_on_screen(event: Event, kind: str, id: int) -> bool:
    """Whether this card is what the screen shows."""
    return (event.highlight_kind, event.highlight_id) == (kind, id)


def on_screen(event: Event) -> Shown | None:
    """The card that is on the screen; none where it shows the current step."""
    if event.highlight_kind is None:
        return None
    kind = kind_named(event.highlight_kind)
    return _shown(event, kind, card(event, kind.name, event.highlight_id))


def offers(event: Event) -> list[Offer]:
    """The cards that a remote offers to be shown, kind by kind."""
    kinds = [kind for kind in _kinds.values() if kind.latest is not _none]
    return [
        Offer(kind, [_shown(event, kind, each) for each in kind.latest(event)])
        for kind in sorted(kinds, key=lambda kind: kind.place)
    ]


def offered(names: Sequence[str]) -> dict[str, Shown]:
    """Those of these cards ("question-5") that a remote may offer: one query for each kind."""
    wanted: dict[str, list[int]] = {}
    for kind_name, _, id in (name.rpartition("-") for name in names):
        wanted.setdefault(kind_name, []).append(int(id))
    shown = [card for kind, ids in wanted.items() for card in _offered(kind_named(kind), ids)]
    return {f"{card.kind.name}-{card.id}": card for card in shown}


def _offered(kind: CardKind, ids: Sequence[int]) -> list[Shown]:
    if kind.latest is _none:
        return []
    things = db.session.scalars(select(kind.table).where(kind.table.id.in_(ids)))
    return [
        _shown(db.session.get_one(Event, thing.event_id), kind, thing)
        for thing in things
        if not (thing.is_hidden or is_taken_back(thing)) and kind.is_offered(thing)
    ]


def _shown(event: Event, kind: CardKind, thing: Any) -> Shown:
    is_shown = is_on_screen(event, kind.name, thing.id)
    return Shown(kind, thing.id, event.code, kind.words(thing), is_shown)


def follow_on_screen(event: Event, kind: str, thing: Any, *, gone: bool = False) -> None:
    """A card has changed: where it is on the screen, show it anew, or clear it if it is gone."""
    if not is_on_screen(event, kind, thing.id):
        return
    if gone or thing.is_hidden:
        event.highlight_kind, event.highlight_id = None, None
    announce(HighlightChanged(event.id), event.channel)
