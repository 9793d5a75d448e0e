"""What the index needs of each database beyond tables: full text, and likeness of words.

SQLite: `search_text` is an FTS5 table over the terms of `search_entry`, and `search_likeness` one
over the letters of `search_word`; triggers keep both in step with every row that comes, changes
or goes. PostgreSQL: GIN indexes, the second one with pg_trgm. `Base.metadata` does not know them:
they are made right after their tables, and a migration calls `create_index` and `drop_index`.
"""

from typing import Any

from sqlalchemy import Connection, Table, event

from app.search.models import SearchEntry, SearchWord

Statements = tuple[str, ...]


def _full_text(table: str, of: str, column: str, options: str) -> Statements:
    """An FTS5 table over one column of a table, and the triggers that feed it."""
    old, new = f"{table}(rowid, {column})", f"new.id, new.{column}"
    # All names are ours.
    learn = f"INSERT INTO {old} VALUES ({new})"  # noqa: S608
    forget = f"INSERT INTO {table}({table}, rowid, {column}) "
    forget += f"VALUES ('delete', old.id, old.{column})"
    return (
        f"CREATE VIRTUAL TABLE {table} USING fts5({column}, content='{of}', content_rowid='id', "
        f"{options})",
        f"INSERT INTO {table}({table}) VALUES ('rebuild')",  # noqa: S608 - for rows that are there
        f"CREATE TRIGGER {table}_in AFTER INSERT ON {of} BEGIN {learn}; END",
        f"CREATE TRIGGER {table}_out AFTER DELETE ON {of} BEGIN {forget}; END",
        f"CREATE TRIGGER {table}_new AFTER UPDATE OF {column} ON {of} BEGIN {forget}; {learn}; END",
    )


MADE: dict[str, dict[str, Statements]] = {
    "sqlite": {
        SearchEntry.__tablename__: _full_text(
            "search_text", "search_entry", "terms", "tokenize='ascii', columnsize=0"
        ),
        SearchWord.__tablename__: _full_text(
            "search_likeness", "search_word", "word", "tokenize='trigram', columnsize=0"
        ),
    },
    "postgresql": {
        SearchEntry.__tablename__: (
            "CREATE INDEX search_text ON search_entry USING gin (terms)",
            "ALTER TABLE search_entry ALTER COLUMN terms SET STATISTICS 500",
        ),
        SearchWord.__tablename__: (
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            "CREATE INDEX search_likeness ON search_word USING gin (word gin_trgm_ops)",
        ),
    },
}
DROPPED: dict[str, dict[str, Statements]] = {
    "sqlite": {
        table: tuple(
            f"DROP {kind} IF EXISTS {name}{suffix}"
            for suffix, kind in (
                ("_in", "TRIGGER"),
                ("_out", "TRIGGER"),
                ("_new", "TRIGGER"),
                ("", "TABLE"),
            )
        )
        for table, name in (("search_entry", "search_text"), ("search_word", "search_likeness"))
    },
    "postgresql": {
        "search_entry": ("DROP INDEX IF EXISTS search_text",),
        "search_word": ("DROP INDEX IF EXISTS search_likeness",),
    },
}


def create_index(connection: Connection) -> None:
    """Make it; the two tables are there."""
    for table in MADE[connection.dialect.name]:
        _run(connection, MADE, table)


def drop_index(connection: Connection) -> None:
    """Take it away; the two tables are still there."""
    for table in DROPPED[connection.dialect.name]:
        _run(connection, DROPPED, table)


def _run(connection: Connection, statements: dict[str, dict[str, Statements]], table: str) -> None:
    for statement in statements[connection.dialect.name][table]:
        connection.exec_driver_sql(statement)


def is_ours(_object: Any, name: str | None, _kind: str, reflected: bool, _other: Any) -> bool:
    """Whether a migration is to look at this: not at the shadows of full text (Alembic's hook)."""
    return not (reflected and (name or "").startswith(("search_text", "search_likeness")))


@event.listens_for(SearchEntry.__table__, "after_create")
@event.listens_for(SearchWord.__table__, "after_create")
def _made(table: Table, connection: Connection, **_rest: Any) -> None:
    _run(connection, MADE, table.name)


@event.listens_for(SearchEntry.__table__, "before_drop")
@event.listens_for(SearchWord.__table__, "before_drop")
def _dropped(table: Table, connection: Connection, **_rest: Any) -> None:
    _run(connection, DROPPED, table.name)
