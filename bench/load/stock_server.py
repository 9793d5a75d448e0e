"""The yardstick: stock Flask-SocketIO under gevent, with gevent-websocket."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
from itertools import count  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
import geventwebsocket  # noqa: E402, F401 - what Engine.IO takes where it is there
from flask import Flask  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402

from bench.load.pacing import CHANNEL, answers_apart, message, obey, paced  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(app, async_mode="gevent", ping_interval=15, ping_timeout=20)
revisions = count(1)


@socketio.on("subscribe")
def subscribe(_message: Any) -> dict[str, Any]:
    """Everybody is in one room."""
    join_room(CHANNEL)
    return {"ok": True, "revision": -1}


def send(rate: float, times: float, size: float) -> None:
    """Send messages to the room."""

    def emit() -> None:
        socketio.emit("change", message(CHANNEL, next(revisions), 0, size), to=CHANNEL)

    paced(rate, times, emit)


if __name__ == "__main__":
    gevent.spawn(obey, {"send": send}, answers_apart())
    socketio.run(app, host="127.0.0.1", port=int(os.environ["PORT"]), log_output=False)
