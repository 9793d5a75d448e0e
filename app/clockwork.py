"""What has to be looked after while the server runs, whether or not anybody asks.

Most of it has seldom anything to do. So chores may say what there is to be found in the database
before they begin, and all of them ask that together, in one statement.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.exc import ProgrammingError

from app.database import now
from app.errors import Busy
from app.extensions import db
from app.faults import FAULTS, told

log = logging.getLogger(__name__)

LOOK = 0.5  # seconds between two looks for what is to be done
BEING_DONE = 10**9  # looks: for as long as it takes
NOW: BindParameter[datetime] = bindparam("now")  # the moment, in a question asked later

Question = Callable[[Any], Select[*tuple[Any, ...]]]


@dataclass(eq=False)
class Chore:
    """Something to do again and again; every process does it, so it must bear being done twice."""

    do: Callable[[], None]
    seconds: float
    question: Question | None = None

    @property
    def rest(self) -> int:
        """How many looks pass it by after it was asked for, or done."""
        return round(self.seconds / LOOK) - 1


_chores: list[Chore] = []


def every(
    seconds: float, if_any: Question | None = None
) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Mark a chore; it runs in an application context, and must not block.

    With a question it is done only if that finds rows, and `seconds` are from one time that it was
    asked, or done, to the next. It is asked with the moment; questions that find nothing are cheap,
    if they have an index.
    """

    def register(do: Callable[[], None]) -> Callable[[], None]:
        _chores.append(Chore(do, seconds, if_any))
        return do

    return register


def run(app: Flask, socketio: SocketIO) -> None:
    """Do the chores for ever, each by itself: one that computes for long holds up no other."""
    asking = [chore for chore in _chores if chore.question is not None]
    for chore in _chores:
        if chore not in asking:
            socketio.start_background_task(_repeat, app, socketio, chore)
    if asking:
        look = Look(app, socketio, asking)
        socketio.start_background_task(_repeat, app, socketio, Chore(look.begin, LOOK))


class Look:
    """Begins the chores that have something to do, and are neither being done nor resting."""

    def __init__(self, app: Flask, socketio: SocketIO, chores: list[Chore]) -> None:
        self._app = app
        self._socketio = socketio
        self._resting = dict.fromkeys(chores, 0)  # so many looks until it is asked again

    def begin(self) -> None:
        """Ask for all whose time has come, and begin what is called for."""
        for chore in self._resting:
            self._resting[chore] -= 1
        ready = tuple(chore for chore, looks in self._resting.items() if looks < 0)
        for chore in ready:
            self._resting[chore] = chore.rest
        for chore in _called_for(ready):
            self._resting[chore] = BEING_DONE
            self._socketio.start_background_task(self._do, chore)

    def _do(self, chore: Chore) -> None:
        _do(self._app, chore)
        self._resting[chore] = chore.rest


def _called_for(chores: tuple[Chore, ...]) -> list[Chore]:
    """Those whose questions find something; one that cannot be asked is not to keep the others."""
    if not chores:
        return []
    try:
        answers = db.session.execute(_questions(chores), {"now": now()}).one()
        return [chore for chore, is_called in zip(chores, answers, strict=True) if is_called]
    except ProgrammingError:
        db.session.rollback()
        if len(chores) == 1:
            log.exception("nobody knows whether %s has to be done", chores[0].do.__name__)
            return []
        return [one for chore in chores for one in _called_for((chore,))]
    finally:
        db.session.rollback()


@cache
def _questions(chores: tuple[Chore, ...]) -> Select[*tuple[Any, ...]]:
    return select(*[chore.question(NOW).exists() for chore in chores if chore.question])


def _repeat(app: Flask, socketio: SocketIO, chore: Chore) -> None:
    while True:
        _do(app, chore)
        socketio.sleep(chore.seconds)


def _do(app: Flask, chore: Chore) -> None:
    """Do it once; what fails is logged, and tried again when it is due."""
    try:
        with app.test_request_context("/"):
            chore.do()
    except FAULTS as fault:
        told(fault)
    except Busy:
        log.info("%s has to wait", chore.do.__name__)
    except Exception:
        log.exception("%s failed", chore.do.__name__)
