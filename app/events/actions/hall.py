"""The doors, the screen, and what everybody sees."""

from flask_babel import lazy_gettext as _l

from app import identity
from app.errors import Conflict, NotFound
from app.events import cards
from app.events.facts import (
    CardHidden,
    EventChanged,
    HighlightChanged,
    ScreensClosed,
)
from app.events.models import Event
from app.identity import TokenKind
from app.outbox import announce


def lock_joining(event: Event, locked_: bool) -> None:
    """Let nobody else in, or open the doors again."""
    event.joining_locked = locked_
    announce(EventChanged(event.id), event.channel)


def new_screen_link(event: Event) -> str:
    """A link that opens the screen; the earlier ones stop working."""
    close_screen(event)
    return identity.issue(TokenKind.SCREEN, event_id=event.id)


def close_screen(event: Event) -> None:
    """Let no link open the screen any more, and close those that are open."""
    identity.revoke(TokenKind.SCREEN, event_id=event.id)
    announce(ScreensClosed(event.id), event.channel)


def hide(event: Event, kind: str, id: int, hidden: bool) -> None:
    """Take a card off all pages and the screen, or bring it back."""
    thing, its_kind = cards.card(event, kind, id), cards.kind_named(kind)
    its_kind.hold(thing)
    if its_kind.waits(thing) and not hidden:
        raise Conflict(_l("It waits to be published. Please read it first."))
    thing.hide(hidden)
    if hidden and (event.highlight_kind, event.highlight_id) == (kind, id):
        highlight(event, None, None)
    announce(CardHidden(event.id, kind, id), *its_kind.channels(thing))


def highlight(event: Event, kind: str | None, id: int | None) -> None:
    """Put a card on the screen, or clear it."""
    if kind is not None:
        _require_showable(event, kind, id)
    event.highlight_kind, event.highlight_id = kind, id
    announce(HighlightChanged(event.id), event.channel)


def _require_showable(event: Event, kind: str, id: int | None) -> None:
    thing = cards.card(event, kind, id)
    if not cards.kind_named(kind).screen or cards.is_taken_back(thing):
        raise NotFound
    if thing.is_hidden:
        raise Conflict(_l("It is hidden. Show it again first."))
