"""How the two databases are set up and asked, and which of them it is."""

import time
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.engine import Connection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session

from app.extensions import db

RESTED = 5.0  # seconds after which an unused connection is tried before it is relied upon
LONGEST_STATEMENT = 30_000  # milliseconds that a server's statement may take


def is_sqlite(session: Session) -> bool:
    """Whether this session writes to the embedded database."""
    return session.get_bind().dialect.name == "sqlite"


def prepare(engine: Engine) -> None:
    """Give SQLite its settings: write-ahead log, foreign keys, and transactions that are ours."""
    if engine.dialect.name != "sqlite":
        _try_rested(engine)
        return

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        write = connection.get_execution_options().get("write")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def _try_rested(engine: Engine) -> None:
    """Try connections that nobody has used for a while: trying each time is a way more per request.

    One that breaks while it is used answers a single request with 503, and ends all the others.
    """

    @event.listens_for(engine, "checkin")
    def _came_back(_connection: Any, record: Any) -> None:
        record.info["used_at"] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _is_wanted(connection: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("used_at", time.monotonic()) < RESTED:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise InvalidatePoolError("the connection is gone") from error


def bound_statements(engine: Engine) -> None:
    """Let no statement of a server take for ever; migrations and commands may."""
    if engine.dialect.name != "postgresql":
        return
    engine.dispose()

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.execute(f"SET statement_timeout = {LONGEST_STATEMENT}")
        connection.commit()


def is_reachable() -> bool:
    """Whether the database answers."""
    return db.session.scalar(select(1)) == 1
