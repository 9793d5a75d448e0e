"""The socket's side of a page: connect, subscribe, unsubscribe. Nothing is written this way."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from blinker import Namespace
from flask import current_app, g, request, session
from flask_babel import refresh
from flask_socketio import SocketIO, join_room, leave_room

from app import signals as measured
from app.errors import DomainError, NotFound
from app.extensions import db
from app.extensions import socketio as extension
from app.faults import FAULTS, told
from app.identity import is_somebody, present_token, who
from app.languages import ask_nobody
from app.limits import TAPPING, require_within
from app.realtime.audiences import Audience, View, audience_for
from app.realtime.publisher import Publisher
from app.turns import Turns

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
        try:
            is_known = is_somebody()
        except FAULTS as fault:
            raise ConnectionRefusedError(type(told(fault)).__name__) from None
        if not is_known:
            raise ConnectionRefusedError("join the event or sign in first")

    @socketio.on("subscribe")
    def subscribe(message: Any = None, *_more: Any) -> dict[str, Any]:
        refresh()
        name = message.get("channel") if isinstance(message, dict) else None
        try:
            with subscribing():
                return {"ok": True, **hear(name)}
        except DomainError as error:
            return _refusal(error)
        except FAULTS as fault:
            ask_nobody()
            return _refusal(told(fault))

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


@contextmanager
def subscribing() -> Iterator[None]:
    """The turn of one subscription: each is looked up while a hall waits."""
    require_within(TAPPING, "subscriptions", who())
    turns: Turns = current_app.extensions["turns"]
    with turns.take(turns.subscriptions):
        yield


def hear(name: Any) -> dict[str, int]:
    """Let this connection hear a channel, if it may; raises `DomainError`."""
    publisher: Publisher = current_app.extensions["publisher"]
    closed = publisher.closed
    db.session.rollback()  # what is looked up is newer than that, however long the turn took
    audience = audience_for(name)
    state = enter(audience)
    if audience.space_id is not None or publisher.closed != closed:
        _look_again(audience)
    return state


def _refusal(error: DomainError) -> dict[str, Any]:
    measured.subscription_refused.send(error)
    later = {} if error.retry_after is None else {"retry_after": error.retry_after}
    return {"ok": False, "error": str(error.message), **later}


def enter(audience: Audience) -> dict[str, int]:
    """Put this connection into an audience: the room first, then its state: nothing is missed."""
    if not is_connected(request.sid):  # type: ignore[attr-defined]
        raise NotFound  # the page was left while its subscription was looked up
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


def _look_again(audience: Audience) -> None:
    """What was closed between the first look and entering has not seen this connection leave."""
    db.session.rollback()
    for found in ("members", "participants"):
        g.pop(found, None)
    try:
        present = audience_for(audience.channel)
    except DomainError:
        leave_room(audience.key)
        raise
    if present != audience:
        enter(present)


def is_connected(sid: str) -> bool:
    """Whether a connection still stands: it may go while its subscription waits for an answer."""
    return bool(extension.server.manager.is_connected(sid, "/"))
