"""What the application needs from shared notes."""

from flask import Flask

from app.events import cards, merging, own_data
from app.events.cards import CardKind
from app.extensions import socketio
from app.notes import (  # noqa: F401
    broadcasts,
    following,
    keeping,
    packets,
    permissions,
    queries,
)
from app.notes.models import MOST_CHARACTERS, Notes
from app.notes.own_data import move_pages, part


def register(app: Flask) -> None:
    """Attach the handlers, what templates show, and what moderators can take off the results."""
    cards.register(CardKind("notes", Notes, lambda notes: (notes.room.round.event.channel,)))
    own_data.register(part)
    merging.register(move_pages)
    packets.register(socketio)
    app.jinja_env.globals.update(
        notes_in=queries.text_in,
        notes_of_rooms=queries.shown_in,
        hidden_notes_of_rooms=queries.hidden_in,
        text_of_notes=queries.text_of,
        most_in_notes=MOST_CHARACTERS,
    )
