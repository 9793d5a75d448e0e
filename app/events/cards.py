"""Cards: what can be put on the screen, and taken off every page with one tap.

A feature registers its kinds of cards here when it is imported.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.database import found, now
from app.errors import NotFound
from app.events.facts import HighlightChanged
from app.events.models import Event
from app.outbox import announce


class Hideable:
    """A column for what a moderator can take off all pages."""

    hidden_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def is_hidden(self) -> bool:
        """Whether only moderators and its author see it."""
        return self.hidden_at is not None

    def hide(self, hidden: bool) -> None:
        """Take it off all pages, or bring it back."""
        self.hidden_at = now() if hidden else None


@dataclass(frozen=True)
class CardKind:
    """One kind of card; its table is `Hideable`, and its rows know `event_id` and `channels`."""

    name: str
    table: type[Any]
    channels: Callable[[Any], tuple[str, ...]]  # where it is seen
    screen: str = ""  # template for the projector, if it can be highlighted
    context: Callable[[Any], dict[str, Any]] = lambda card: {"card": card}


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
    thing = found(kind_named(kind).table, id)
    if thing.event_id != event.id:
        raise NotFound
    return thing


def follow_on_screen(event: Event, kind: str, thing: Any, *, gone: bool = False) -> None:
    """A card has changed: where it is on the screen, show it anew, or clear it if it is gone."""
    if (event.highlight_kind, event.highlight_id) != (kind, thing.id):
        return
    if gone or thing.is_hidden:
        event.highlight_kind, event.highlight_id = None, None
    announce(HighlightChanged(event.id), event.channel)
