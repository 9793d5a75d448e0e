"""Where the other moderators work: said by their pages, passed on to the others, kept nowhere."""

import re
import time
from typing import Any

from flask import current_app, session
from flask_socketio import SocketIO

from app.errors import DomainError
from app.events.identity import participant_in
from app.events.queries import event_by_code
from app.identity import who
from app.limits import TAPPING, hit
from app.permissions import require
from app.realtime import Publisher

PAUSE = 0.8  # seconds that must lie between two signals of one connection
PLACE = re.compile(r"(board-aspect|card)-\d{1,18}|")


def register(socketio: SocketIO) -> None:
    """Attach the handler."""

    @socketio.on("working")
    def working(message: Any = None, *_more: Any) -> None:
        channel, place = _said(message)
        if not _hears(channel) or PLACE.fullmatch(place) is None or not _has_waited():
            return
        try:
            worker = _worker(channel)
        except DomainError:
            return
        publisher: Publisher = current_app.extensions["publisher"]
        publisher.whisper(channel, "working", {"channel": channel, "place": place, **worker})


def _said(message: Any) -> tuple[str, str]:
    given = message if isinstance(message, dict) else {}
    channel, place = given.get("channel"), given.get("place")
    return (channel, place) if isinstance(channel, str) and isinstance(place, str) else ("", "x")


def _hears(channel: str) -> bool:
    """Whether this connection is in the audience of a cockpit, which it had to be let into."""
    rooms = (room.partition("|")[0] for room in session.get("rooms", []))
    return channel.startswith("cockpit:") and channel in rooms


def _has_waited() -> bool:
    last, session["worked_at"] = session.get("worked_at", -PAUSE), time.monotonic()
    if session["worked_at"] - last < PAUSE:
        return False
    return hit(TAPPING, "working", who())


def _worker(channel: str) -> dict[str, str]:
    event = event_by_code(channel.partition(":")[2])
    person = participant_in(event)
    require(person, "events.moderate", event)
    return {"who": f"participant-{person.id}", "name": person.name} if person else {}
