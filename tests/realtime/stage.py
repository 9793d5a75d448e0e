"""A server with rooms and nothing else, on our transport or on the library's own (STAGE=stock)."""

# ruff: noqa: E402

import sys

if __name__ == "__main__":
    from gevent import monkey

    monkey.patch_all()

import os
import time
from typing import Any

STOCK = os.environ.get("STAGE") == "stock"
if STOCK:  # with simple-websocket, also where gevent-websocket happens to be installed
    sys.modules["geventwebsocket"] = None  # type: ignore[assignment]

import gevent
from flask import Flask, request
from flask_socketio import SocketIO, emit, join_room, leave_room
from gevent.pywsgi import WSGIServer

from app.realtime.direct import DirectManager

ours = {} if STOCK else {"client_manager": DirectManager()}
app = Flask("stage")
app.secret_key = "not a secret"
socketio = SocketIO(
    app,
    async_mode="gevent",
    cors_allowed_origins="*",
    max_http_buffer_size=64 * 1024,
    http_compression=False,
    ping_interval=float(os.environ.get("PING_INTERVAL", "15")),
    ping_timeout=float(os.environ.get("PING_TIMEOUT", "20")),
    **ours,
)
left: list[str] = []


@socketio.on("connect")
def connect(auth: Any = None) -> None:
    join_room(f"me {auth['name']}" if isinstance(auth, dict) and "name" in auth else "nobody")


@socketio.on("disconnect")
def disconnect(_reason: Any = None) -> None:
    gevent.sleep(0)  # as a handler does that asks the database
    left.append(request.sid)  # type: ignore[attr-defined]


@socketio.on("enter")
def enter(*rooms: str) -> str:
    for room in rooms:
        join_room(room)
    return "entered"


@socketio.on("leave")
def leave(room: str) -> str:
    leave_room(room)
    return "left"


@socketio.on("echo")
def echo(message: Any) -> Any:
    emit("before", message)
    return message


@app.post("/script")
def script() -> dict[str, float]:
    """Emit what the request says, one after the other."""
    began = time.monotonic()
    for step in request.get_json():
        data = step.get("data")
        if step.get("kind") == "bytes":
            data = {"bytes": str(data).encode()}
        elif step.get("kind") == "arguments":
            data = tuple(data)
        socketio.emit(step["name"], data, to=step.get("room"), skip_sid=step.get("skip"))
        if "pause" in step:
            gevent.sleep(step["pause"])
    return {"seconds": time.monotonic() - began}


@app.get("/state")
def state() -> dict[str, Any]:
    """Who is here."""
    manager = socketio.server.manager
    rooms = manager.rooms.get("/", {})
    return {
        "sockets": len(socketio.server.eio.sockets),
        "rooms": {str(name): len(members) for name, members in rooms.items()},
        "left": len(left),
    }


if __name__ == "__main__":
    port = int(sys.argv[1])
    WSGIServer(("127.0.0.1", port), app, log=None).serve_forever()
