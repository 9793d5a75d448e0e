"""The one way to change anything: a transaction, and what is done after it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from app import signals
from app.database.connections import is_sqlite
from app.errors import Busy
from app.extensions import db
from config import LONGEST_WAIT

_turn = threading.Lock()


@contextmanager
def transaction() -> Iterator[Session]:
    """The one way to write: begins anew, commits what was done and announced, or nothing.

    Lock the row that decides first (`locked`), then check, then act. Raises `Busy` when the
    writer's turn does not come in time.
    """
    from app import outbox  # the outbox is a table, and so stands on this module

    session = db.session
    if session.info.get("writing"):
        raise RuntimeError("transactions do not nest")
    session.rollback()
    session.expire_all()  # what was read before an earlier commit is stale too
    with _measured(), _writers_turn(session):
        session.info["writing"] = True
        try:
            session.connection(execution_options=_writing(session))
            yield session
            written = outbox.write_announced(session)
            session.commit()
        except BaseException:
            session.rollback()
            outbox.forget_announced(session)
            session.info.pop("afterwards", None)
            raise
        finally:
            session.info["writing"] = False
    if written:
        outbox.wake()
    for do in session.info.pop("afterwards", ()):
        do()


def afterwards(do: Callable[[], None]) -> None:
    """Do this once what is being written now is committed; what is rolled back forgets it."""
    if db.session.info.get("writing"):
        db.session.info.setdefault("afterwards", []).append(do)
    else:
        do()


def _writing(session: Session) -> dict[str, Any]:
    """A page reads one moment; who writes sees what others did while they waited for a lock."""
    return {"write": True} if is_sqlite(session) else {"isolation_level": "READ COMMITTED"}


@contextmanager
def _measured() -> Iterator[None]:
    began_at, outcome = time.monotonic(), "rolled back"
    try:
        yield
        outcome = "committed"
    except Busy:
        outcome = "busy"
        raise
    finally:
        seconds = time.monotonic() - began_at
        signals.transaction_ended.send(None, seconds=seconds, outcome=outcome)


@contextmanager
def _writers_turn(session: Session) -> Iterator[None]:
    """Queue this process's writers cooperatively: waiting inside SQLite would stop everybody."""
    if not is_sqlite(session):
        yield
        return
    began_at = time.monotonic()
    if not _turn.acquire(timeout=LONGEST_WAIT):
        raise Busy
    signals.writer_waited.send(None, seconds=time.monotonic() - began_at)
    try:
        yield
    finally:
        _turn.release()
