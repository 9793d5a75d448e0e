"""The socket's side of a page: connect, subscribe, unsubscribe. Nothing is written this way."""

import time
from typing import Any

from blinker import Namespace
from flask import current_app, request, session
from flask_babel import refresh
from flask_socketio import SocketIO, join_room, leave_room

from app.errors import DomainError
from app.identity import is_somebody, present_token
from app.realtime.audiences import Audience, audience_for
from app.realtime.publisher import Publisher

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
    def subscribe(message: Any = None) -> dict[str, Any]:
        refresh()
        name = message.get("channel") if isinstance(message, dict) else None
        try:
            audience = audience_for(name)
        except DomainError as error:
            return {"ok": False, "error": str(error.message)}
        return {"ok": True, **enter(audience)}

    @socketio.on("unsubscribe")
    def unsubscribe(message: Any = None) -> dict[str, Any]:
        name = message.get("channel") if isinstance(message, dict) else None
        for room in [r for r in session.get("rooms", []) if r.split("|")[0] == name]:
            leave_room(room)
        return {"ok": True}

    @socketio.on("disconnect")
    def disconnect(_reason: Any = None) -> None:
        disconnected.send(None, sid=request.sid)  # type: ignore[attr-defined]


def enter(audience: Audience) -> dict[str, int]:
    """Put this connection into an audience: the room first, then its state: nothing is missed."""
    join_room(audience.key)
    session["rooms"] = [*session.get("rooms", []), audience.key]
    publisher: Publisher = current_app.extensions["publisher"]
    progress = publisher.join(audience)
    subscribed.send(audience, sid=request.sid)  # type: ignore[attr-defined]
    return {
        "revision": progress.revision,
        "position": progress.position,
        "now": int(time.time() * 1000),
    }
