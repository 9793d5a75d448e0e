"""What is written in notes, as it goes to the pages that show them."""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from typing import Any

from app.addresses import is_number
from app.breakouts.facts import PlacementChanged
from app.breakouts.models import Room
from app.database import found
from app.events.identity import participant_in
from app.events.models import Participant
from app.notes import queries
from app.notes.facts import NotesWritten
from app.notes.models import channel_of
from app.permissions import require
from app.realtime import Audience, Leave, Partial, Redraw, View, channel, redraws
from app.realtime.partials import Change

ROOM = frozenset({View.ROOM})
NO_LANGUAGE = "en"  # there are no words in it, so all hear the same


@channel("notes")
def notes_audience(id: str) -> Audience:
    """Who is in the room hears what is written, and so do those who visit it."""
    room = found(Room, int(id) if is_number(id) else 0)
    require(participant_in(room.round.event), "notes.read", room)
    name = channel_of(room.id)
    return Audience(name, name, View.ROOM, NO_LANGUAGE)


def text(data: bytes) -> str:
    """Bytes as they go through the socket."""
    return b64encode(data).decode()


def _updates(keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], dict[str, Any]]:
    contexts = queries.updates_by_key(keys)
    return {key: {**context, "data": text(context["data"])} for key, context in contexts.items()}


update = Partial("notes/_update.html", "notes-update-{id}", _updates, ROOM)


@redraws(NotesWritten)
def _written(fact: NotesWritten) -> Iterable[Change]:
    return [Redraw(update, (fact.notes_id, fact.number))]


@redraws(PlacementChanged)
def _placed(fact: PlacementChanged) -> Iterable[Change]:
    """Who is in another room now hears nothing more of this one."""
    if fact.from_room is None:
        return []
    return [Leave(Participant.channel_of(fact.participant_id), channel_of(fact.from_room))]
