"""What goes wrong in a database that is busy, away or full, and what people are told of it."""

import logging
import sqlite3
from typing import Any

from psycopg import Error as PostgresError
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from app.errors import Away, Busy, DomainError, Full

FAULTS = (OperationalError, InterfaceError, InternalError, NoConnection)

FULL_ON_POSTGRESQL = frozenset({"53100", "58030"})  # disk full, input or output error
AWAY_ON_POSTGRESQL = frozenset({"57P01", "57P02", "57P03", "08000", "08003", "08006"})
FULL_ON_SQLITE = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY})

log = logging.getLogger(__name__)


def told(fault: Exception) -> DomainError:
    """What to tell people; the operator finds one line without anybody's words in the log."""
    fault = _first(fault)
    error = _kind(fault)
    level = logging.ERROR if isinstance(error, Full) else logging.WARNING
    log.log(level, "%s: %s", type(error).__name__, without_values(fault))
    return error


def _first(fault: Exception) -> Exception:
    """What began it: a full disk ends SQLite's transaction, and then its savepoint is missed."""
    found, error = fault, fault.__context__
    while error is not None:
        if isinstance(error, FAULTS):
            found = error
        error = error.__context__
    return found


def without_values(error: Exception) -> str:
    """What a database says, without its detail, which names what people have typed."""
    return str(getattr(error, "orig", None) or error).partition("\n")[0]


def _kind(fault: Exception) -> DomainError:
    if isinstance(fault, DomainError):
        return fault
    original: Any = getattr(fault, "orig", None)
    if isinstance(original, sqlite3.Error):
        return _of_sqlite(getattr(original, "sqlite_errorcode", 0))
    if isinstance(original, PostgresError):
        return _of_postgresql(original.sqlstate, fault)
    return Busy()


def _of_sqlite(code: int) -> DomainError:
    return Full() if code & 0xFF in FULL_ON_SQLITE else Busy()  # the rest says more precisely where


def _of_postgresql(state: str | None, fault: Exception) -> DomainError:
    """Without a state it was not the server that spoke: it could not be reached."""
    if state in FULL_ON_POSTGRESQL:
        return Full()
    is_cut = isinstance(fault, DBAPIError) and fault.connection_invalidated
    return Away() if state is None or is_cut or state in AWAY_ON_POSTGRESQL else Busy()


class Calm(logging.Filter):
    """One line instead of a traceback where the pool only finds that a connection is gone."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep the line, drop the traceback."""
        if record.exc_info and isinstance(record.exc_info[1], PostgresError):
            record.msg = f"{record.getMessage()}: {type(record.exc_info[1]).__name__}"
            record.args, record.exc_info, record.exc_text = (), None, None
        return True


CALM = Calm()  # one, since a logger takes each filter once


def init_logs() -> None:
    """Let a database that goes away leave lines in the log, not tracebacks."""
    logging.getLogger("sqlalchemy.pool.impl.QueuePool").addFilter(CALM)
