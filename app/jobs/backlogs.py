"""Backlogs: what waits to be worked at, as its rows say; an operator watches how it grows."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Select

Waiting = Select[int, datetime]  # how many, and since when the oldest
Query = Callable[[], Waiting]
_backlogs: dict[str, Any] = {}


def backlog(name: str) -> Callable[[Query], Query]:
    """Mark the query that says how many wait, and since when the oldest does; it must be cheap."""

    def register(query: Query) -> Query:
        _backlogs[name] = query
        return query

    return register


def all_backlogs() -> tuple[tuple[str, Query], ...]:
    """Every backlog of the features that were imported, by its name."""
    return tuple(_backlogs.items())
