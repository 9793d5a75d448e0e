"""Where somebody's cursor is in shared notes: told to the others in the room, and kept nowhere.

Cursors move all the while, so nobody is looked up for them. Who may point is found when the notes
are opened, and kept with the connection for as long as it hears them: whatever takes somebody out
of a room takes their connection off its channel.
"""

import re
import time
from typing import Any

from flask import current_app, request, session

from app.breakouts.models import Room
from app.events.identity import somebody_in
from app.extensions import socketio
from app.faults import FAULTS
from app.identity import who
from app.limits import CHANGING, hit
from app.notes.models import channel_of
from app.realtime import Publisher

PAUSE = 0.25  # seconds that must lie between two places of one cursor
PLACE = re.compile(r"[\w+/=-]{0,160}")  # a place in the text, as Yjs names it


def allow(room: Room, allowed: bool) -> None:
    """Let this connection point in the notes of a room from now on, or do so no more."""
    others = {name: one for name, one in _pointing().items() if name != channel_of(room.id)}
    if allowed:
        person = somebody_in(room.round.event)
        shown = {"who": f"participant-{person.id}", "name": person.name}
        others[channel_of(room.id)] = (shown, who())
    session["pointing"] = others


def _pointing() -> dict[str, tuple[dict[str, str], str]]:
    """By channel, as whom this connection points there, and as whom it is counted."""
    return session.get("pointing", {})  # type: ignore[no-any-return]


def point(message: Any = None, *_more: Any) -> None:
    """Show the others in the room where somebody's cursor is."""
    said = message if isinstance(message, dict) else {}
    places = {name: said.get(name) for name in ("anchor", "head")}
    channel = f"notes:{said.get('room')}"
    if channel not in _pointing() or not all(map(_is_place, places.values())):
        return
    shown, counted = _pointing()[channel]
    if _hears(channel) and _has_waited() and _is_within(counted):
        publisher: Publisher = current_app.extensions["publisher"]
        publisher.whisper(channel, "points_in_notes", {"channel": channel, **places, **shown})


def _is_place(at: Any) -> bool:
    return isinstance(at, str) and PLACE.fullmatch(at) is not None


def _hears(channel: str) -> bool:
    """Whether this connection is still on a channel: those who are moved are taken off it."""
    rooms = socketio.server.rooms(request.sid)  # type: ignore[attr-defined]
    return any(room.partition("|")[0] == channel for room in rooms)


def _has_waited() -> bool:
    """Whoever points all the while is seen every now and then."""
    if time.monotonic() - session.get("pointed_at", float("-inf")) < PAUSE:
        return False
    session["pointed_at"] = time.monotonic()
    return True


def _is_within(counted: str) -> bool:
    try:
        return hit(CHANGING, "pointing", counted)
    except FAULTS:
        return False
