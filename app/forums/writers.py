"""Who is writing: said by pages over the socket, passed on to the others, and kept nowhere."""

import time
from typing import Any

from flask import current_app, session
from flask_socketio import SocketIO

from app.database import found
from app.errors import DomainError
from app.forums.identity import member_about
from app.forums.models import Thread
from app.identity import who
from app.limits import WRITING, hit
from app.permissions import require
from app.realtime import Publisher

PAUSE = 1.0  # seconds that must lie between two signals of one connection


def register(socketio: SocketIO) -> None:
    """Attach the handler."""

    @socketio.on("typing")
    def typing(message: Any = None, *_more: Any) -> None:
        name = message.get("channel") if isinstance(message, dict) else None
        if not isinstance(name, str) or not _hears(name) or not _has_waited():
            return
        try:
            writer = _writer(name)
        except DomainError:
            return
        publisher: Publisher = current_app.extensions["publisher"]
        publisher.whisper(name, "typing", {"channel": name, **writer})


def _hears(name: str) -> bool:
    """Whether this connection is in the audience of a thread, which it had to be let into."""
    rooms = (room.partition("|")[0] for room in session.get("rooms", []))
    return name.startswith("thread:") and name in rooms


def _has_waited() -> bool:
    last, session["typed_at"] = session.get("typed_at", -PAUSE), time.monotonic()
    if session["typed_at"] - last < PAUSE:
        return False
    return hit(WRITING, "typing", who())


def _writer(name: str) -> dict[str, str]:
    thread = found(Thread, int(name.partition(":")[2]))
    member = member_about(thread)
    require(member, "forums.write", thread)
    return {"who": f"account-{member.account_id}", "name": member.account.name}
