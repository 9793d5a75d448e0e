"""The database: the base of all tables, and the one way to change anything."""

import enum
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    Enum,
    MetaData,
    Text,
    TypeDecorator,
    delete,
    event,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session

from app.addresses import MOST_ID
from app.errors import Busy, NotFound
from app.extensions import db

NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
LONGEST_WAIT = 2.0  # seconds a writer waits for its turn before it is told to come again


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, kept in UTC and always aware of it, on SQLite too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive moments, since nobody could say when they are."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Mark what comes from the database as UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def migration_type(kind: str, item: object, _context: object) -> str | bool:
    """How a migration writes our types: as what they are in the database, for it outlives them."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


class Base(DeclarativeBase):
    """The base of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar = {
        datetime: UtcDateTime,
        str: Text,
        dict[str, Any]: JSON,
        list[int]: JSON,
        StrEnum: Enum(
            enum.Enum,
            native_enum=False,
            create_constraint=False,
            length=30,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


Row = TypeVar("Row", bound=Base)
_turn = threading.Lock()


def now() -> datetime:
    """The present moment, in UTC."""
    return datetime.now(UTC)


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
    with _writers_turn(session):
        session.info["writing"] = True
        try:
            session.connection(execution_options=_writing(session))
            yield session
            written = outbox.write_announced(session)
            session.commit()
        except BaseException:
            session.rollback()
            outbox.forget_announced(session)
            raise
        finally:
            session.info["writing"] = False
    if written:
        outbox.wake()


def _writing(session: Session) -> dict[str, Any]:
    """A page reads one moment; who writes sees what others did while they waited for a lock."""
    return {"write": True} if is_sqlite(session) else {"isolation_level": "READ COMMITTED"}


@contextmanager
def _writers_turn(session: Session) -> Iterator[None]:
    """Queue this process's writers cooperatively: waiting inside SQLite would stop everybody."""
    if not is_sqlite(session):
        yield
        return
    if not _turn.acquire(timeout=LONGEST_WAIT):
        raise Busy
    try:
        yield
    finally:
        _turn.release()


def locked(table: type[Row], key: object, *, shared: bool = False) -> Row:
    """Load a row and hold it until the transaction ends: shared to rely on it, else to change it.

    Rows that point to it may come all the while: who inserts them may hold what we wait for.
    Raises `NotFound`. On SQLite the transaction already holds the whole database.
    """
    _require_possible(key)
    hold = {"read": shared, "key_share": not shared, "of": table}
    row = db.session.get(table, key, with_for_update=hold, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def found(table: type[Row], key: object) -> Row:
    """Load a row by its key; raises `NotFound`."""
    _require_possible(key)
    row = db.session.get(table, key)
    if row is None:
        raise NotFound
    return row


def _require_possible(key: object) -> None:
    """A number that no column can hold is the key of nothing."""
    if isinstance(key, int) and key > MOST_ID:
        raise NotFound


def set_row(row: Row, there: bool) -> bool:
    """Let a row whose whole content is its key be there, or not; returns whether that changed."""
    table, keys = type(row), row.__mapper__.primary_key
    values = {str(column.key): getattr(row, str(column.key)) for column in keys}
    if there:
        statement = dialect_insert(table).values(**values).on_conflict_do_nothing()
    else:
        statement = delete(table).where(*(column == values[str(column.key)] for column in keys))
    return db.session.execute(statement.returning(*keys)).first() is not None


def dialect_insert(table: type[Base]) -> Any:
    """An INSERT that knows ON CONFLICT, which both databases have in their own dialect."""
    return sqlite.insert(table) if is_sqlite(db.session) else postgresql.insert(table)


def is_sqlite(session: Session) -> bool:
    """Whether this session writes to the embedded database."""
    return session.get_bind().dialect.name == "sqlite"


def prepare(engine: Engine) -> None:
    """Give SQLite its settings: write-ahead log, foreign keys, and transactions that are ours."""
    if engine.dialect.name != "sqlite":
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


def is_reachable() -> bool:
    """Whether the database answers."""
    return db.session.scalar(select(1)) == 1
