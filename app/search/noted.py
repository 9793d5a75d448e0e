"""What has changed and is to be looked at: noted in the transaction that changes it, indexed after.

Whoever submits something waits for one row and not for the index, and what many submit within a
second is indexed at once. The rows are the truth: what a crash leaves undone, the sweep finds.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable

from sqlalchemy import ColumnElement, delete, event, func, insert, select
from sqlalchemy.orm import Session, SessionTransaction

from app import clockwork
from app.database import Base, afterwards, now, transaction
from app.errors import Busy
from app.extensions import db
from app.faults import FAULTS
from app.jobs import Waiting, backlog, later, sweep, task
from app.search.indexing import bring_up_to_date
from app.search.models import Noted

log = logging.getLogger(__name__)
NOTED = "noted for the search"
AT_ONCE = 50  # things that are indexed in one transaction
TOO_LARGE = "54"  # how the codes of PostgreSQL for what is beyond its limits begin
PAUSE = 0.02  # seconds in which others write

Look = Callable[[Iterable[int]], None]

_further_looks: dict[str, list[Look]] = {}
_is_behind = threading.Event()  # this process has noted something that nobody was told of yet
# Rows that return something go in one statement, however many they are.
_keeping = insert(Base.metadata.tables[Noted.__tablename__]).returning(Noted.id)


def looks_at(kind: str) -> Callable[[Look], Look]:
    """Mark what else is to be done for things of this kind that were noted."""

    def register(look: Look) -> Look:
        _further_looks.setdefault(kind, []).append(look)
        return look

    return register


def note(kind: str, *ids: int) -> None:
    """Have these things looked at once the present transaction is committed."""
    noted: dict[str, set[int]] = db.session.info.setdefault(NOTED, {})
    noted.setdefault(kind, set()).update(ids)


@event.listens_for(Session, "before_commit")
def _keep_noted(session: Session) -> None:
    if session.in_nested_transaction():
        return
    noted = session.info.pop(NOTED, {})
    moment = now()
    rows = [
        {"kind": kind, "source_id": id, "noted_at": moment}
        for kind, ids in noted.items()
        for id in sorted(ids)
    ]
    if rows:
        session.execute(_keeping, rows)
        afterwards(wake)


@event.listens_for(Session, "after_soft_rollback")
def _forget_noted(session: Session, ended: SessionTransaction) -> None:
    if not ended.nested:
        session.info.pop(NOTED, None)


def wake() -> None:
    """Something was noted here: within a second somebody is told of it."""
    _is_behind.set()


@clockwork.every(1)
def tell() -> None:
    """Have it indexed; once for all that was noted since the last time."""
    if _is_behind.is_set():
        _is_behind.clear()
        later(index_noted)


@sweep
def find_noted() -> None:
    """Go on where nobody was told, or whoever was told has not come to it."""
    is_there = db.session.scalar(select(Noted.id).limit(1)) is not None
    db.session.rollback()
    if is_there:
        later(index_noted)


@backlog("search")
def waiting() -> Waiting:
    """Things that the index has not looked at yet."""
    return select(func.count(), func.min(Noted.noted_at))


@task
def index_noted() -> None:
    """Look at all that was noted; begun twice, each does a part."""
    while _index_some() == AT_ONCE:
        time.sleep(PAUSE)


def _index_some() -> int:
    first = select(Noted.id).order_by(Noted.id).limit(AT_ONCE)
    try:
        return _index(Noted.id.in_(first))
    except Exception as error:
        if _is_passing(error):
            raise
    ids = db.session.scalars(first).all()
    db.session.rollback()
    for id in ids:
        _index_or_drop(id)
    return len(ids)


def _index_or_drop(id: int) -> None:
    """Index one thing; one that cannot be indexed is not to keep all others from it."""
    try:
        _index(Noted.id == id)
    except Exception as error:
        if _is_passing(error):
            raise
        with transaction() as session:
            taken = delete(Noted).where(Noted.id == id).returning(Noted.kind, Noted.source_id)
            for kind, source_id in session.execute(taken):
                fault = type(error).__name__  # its text may quote what people wrote
                log.error("%s %d cannot be indexed: %s", kind, source_id, fault)


def _is_passing(error: Exception) -> bool:
    """Whether it is the database that cannot be had now, and no fault of what was noted."""
    code = str(getattr(getattr(error, "orig", None), "sqlstate", None))
    return isinstance(error, (Busy, *FAULTS)) and not code.startswith(TOO_LARGE)


def _index(which: ColumnElement[bool]) -> int:
    with transaction() as session:
        taken = delete(Noted).where(which).returning(Noted.kind, Noted.source_id)
        rows = session.execute(taken).all()
        things: dict[str, set[int]] = {}
        for kind, id in rows:
            things.setdefault(kind, set()).add(id)
        if things:
            bring_up_to_date(things)
        for kind, ids in things.items():
            for look in _further_looks.get(kind, ()):
                look(ids)
    return len(rows)
