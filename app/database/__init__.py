"""The database: the base of all tables, and the one way to change anything."""

from app.database.connections import bound_statements, is_reachable, is_sqlite, prepare
from app.database.rows import dialect_insert, found, hold, in_line, locked, set_row
from app.database.tables import Base, migration_type, now
from app.database.writing import afterwards, transaction

__all__ = [
    "Base",
    "afterwards",
    "bound_statements",
    "dialect_insert",
    "found",
    "hold",
    "in_line",
    "is_reachable",
    "is_sqlite",
    "locked",
    "migration_type",
    "now",
    "prepare",
    "set_row",
    "transaction",
]
