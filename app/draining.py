"""How a process ends: its pages reconnect elsewhere, bit by bit, and work in hand is finished."""

import random
from typing import Any

import gevent
from flask import Flask
from gevent.server import StreamServer

from app.extensions import socketio

PER_SECOND = 250  # pages that are sent away; those that take them in have other work, too
LONGEST = 8.0  # seconds over which they are spread, however many there are
STATE = "draining"


def is_draining(app: Flask) -> bool:
    """Whether this process has been told to end, and should get nothing new."""
    return bool(app.extensions.get(STATE))


def close_the_door(server: StreamServer) -> None:
    """Take in who is already connected: the kernel would cut them off with the listener."""
    server.stop_accepting()
    while arrived := server.do_read():
        server.do_handle(*arrived)
    server.close()


def drain(app: Flask) -> None:
    """Send all pages away and finish the jobs; the door is closed already."""
    app.extensions[STATE] = True
    finishing = gevent.spawn(app.extensions["jobs"].finish)
    _send_away()
    finishing.join()


def _send_away() -> None:
    """Close all sockets as a broken line would: clients come back from that by themselves."""
    engine = socketio.server.eio
    here = list(engine.sockets.values())
    random.shuffle(here)
    pause = min(1 / PER_SECOND, LONGEST / max(1, len(here)))
    for each in here:
        _cut(each)
        gevent.sleep(pause)
    for late in list(engine.sockets.values()):  # who was on the way in
        _cut(late)


def _cut(socket: Any) -> None:
    socket.close(wait=False, abort=True, reason=socket.server.reason.TRANSPORT_CLOSE)
