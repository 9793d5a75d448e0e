"""Single rows: found, held, and put there or not."""

from typing import Any, TypeVar
from zlib import crc32

from sqlalchemy import ColumnElement, TableClause, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import joinedload

from app.addresses import MOST_ID
from app.database.connections import is_sqlite
from app.database.tables import Base
from app.errors import NotFound
from app.extensions import db

Row = TypeVar("Row", bound=Base)


def locked(table: type[Row], key: object, *, shared: bool = False, along: Any = None) -> Row:
    """Load a row and hold it until the transaction ends: shared to rely on it, else to change it.

    What the relationship `along` leads to comes in the same statement. Rows that point to it may
    come all the while: who inserts them may hold what we wait for. Raises `NotFound`. On SQLite the
    transaction already holds the whole database.
    """
    _require_possible(key)
    also = [] if along is None else [joinedload(along, innerjoin=True)]
    (column,) = table.__mapper__.primary_key
    row = db.session.scalar(
        select(table)
        .where(column == key, *in_line(table, key, shared=shared))
        .with_for_update(read=shared, key_share=not shared, of=table)
        .options(*also)
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound
    return row


def in_line(table: type[Base], key: Any, *, shared: bool) -> list[ColumnElement[bool]]:
    """What makes everybody wait for a row in the order in which they came.

    A condition for the statement that holds it. PostgreSQL lets in who shares a row before who
    waits to change it: while a hall submits, moderators would wait for ever. Locks of its own kind,
    as `pg_advisory_xact_lock`, have one line for all.
    """
    if is_sqlite(db.session) or isinstance(key, str):
        return []
    take = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
    kind = crc32(table.__tablename__.encode()) - 2**31
    return [take(kind, key).is_not(None)]


def hold(row: Base) -> None:
    """Hold a row until the transaction ends, without reading it once more: others have to wait."""
    if not is_sqlite(db.session):
        (key,) = row.__mapper__.primary_key
        mine = select(key).where(key == getattr(row, str(key.key)))
        db.session.execute(mine.with_for_update(key_share=True))


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


def dialect_insert(table: type[Base] | TableClause) -> Any:
    """An INSERT that knows ON CONFLICT, which both databases have in their own dialect."""
    return sqlite.insert(table) if is_sqlite(db.session) else postgresql.insert(table)
