"""The socket's side of a page: connect, subscribe, unsubscribe. Nothing is written this way."""

import time
from typing import Any

from blinker import Namespace
from flask import current_app, request, session
from flask_babel import refresh
from flask_socketio import SocketIO, join_room, leave_room
from limits import parse

from app.errors import DomainError, TooMany
from app.extensions import limiter
from app.extensions import socketio as extension
from app.identity import is_somebody, present_token, who
from app.realtime.audiences import Audience, View, audience_for
from app.realtime.publisher import Publisher

SUBSCRIPTIONS = parse("240 per minute")  # of one person, on all their pages

signals = Namespace()
subscribed = signals.signal("subscribed")  # sender: Audience; sid
disconnected = signals.signal("disconnected")  # sender: None; sid


def register(socketio: SocketIO) -> None:
    """Attach the handlers."""

    @socketio.on("connect")
    def connect(auth: Any = None) -> None:
        token = auth.get("token") if isinstance(auth, dict) else None
        if isinstance(token, str):
            present_token(token)
        if not is_somebody():
            raise ConnectionRefusedError("join the event or sign in first")

    @socketio.on("subscribe")
    def subscribe(message: Any = None, *_more: Any) -> dict[str, Any]:
        refresh()
        name = message.get("channel") if isinstance(message, dict) else None
        try:
            _require_patience()
            audience = audience_for(name)
        except DomainError as error:
            return {"ok": False, "error": str(error.message)}
        return {"ok": True, **enter(audience)}

    @socketio.on("unsubscribe")
    def unsubscribe(message: Any = None, *_more: Any) -> dict[str, Any]:
        name = message.get("channel") if isinstance(message, dict) else None
        for room in [r for r in session.get("rooms", []) if r.split("|")[0] == name]:
            if View.PERSON not in room.split("|"):  # by which a connection can be closed
                leave_room(room)
                session["rooms"] = [r for r in session["rooms"] if r != room]
        return {"ok": True}

    @socketio.on("disconnect")
    def disconnect(_reason: Any = None) -> None:
        disconnected.send(None, sid=request.sid)  # type: ignore[attr-defined]


def _require_patience() -> None:
    """Each subscription is looked up, and a hall waits for whoever asks for thousands at once."""
    if limiter.enabled and not limiter.limiter.hit(SUBSCRIPTIONS, "subscriptions", who()):
        raise TooMany


def enter(audience: Audience) -> dict[str, int]:
    """Put this connection into an audience: the room first, then its state: nothing is missed."""
    join_room(audience.key)
    if audience.key not in session.get("rooms", []):
        session["rooms"] = [*session.get("rooms", []), audience.key]
    publisher: Publisher = current_app.extensions["publisher"]
    progress = publisher.join(audience)
    subscribed.send(audience, sid=request.sid)  # type: ignore[attr-defined]
    return {
        "revision": progress.revision,
        "position": progress.position,
        "now": int(time.time() * 1000),
    }


def is_connected(sid: str) -> bool:
    """Whether a connection still stands: it may go while its subscription waits for an answer."""
    return bool(extension.server.manager.is_connected(sid, "/"))
