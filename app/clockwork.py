"""What has to be looked after while the server runs, whether or not anybody asks."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from flask_socketio import SocketIO

log = logging.getLogger(__name__)


@dataclass
class Chore:
    """Something to do again and again; every process does it, so it must bear being done twice."""

    do: Callable[[], None]
    seconds: float
    due: float = 0.0


_chores: list[Chore] = []


def every(seconds: float) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Mark a chore; it runs in an application context, and must not block."""

    def register(do: Callable[[], None]) -> Callable[[], None]:
        _chores.append(Chore(do, seconds))
        return do

    return register


def run(app: Flask, socketio: SocketIO) -> None:
    """Do the chores for ever; one that fails is logged and tried again when it is due."""
    while True:
        for chore in _chores:
            if time.monotonic() >= chore.due:
                chore.due = time.monotonic() + chore.seconds
                try:
                    with app.test_request_context("/"):
                        chore.do()
                except Exception:
                    log.exception("%s failed", chore.do.__name__)
        socketio.sleep(0.25)
