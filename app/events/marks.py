"""Marks: what is one person's own or supported by them, among cards that are drawn for everybody.

Features add their cards here when they are imported; one statement reads them all, for one person
or for many.
"""

from collections.abc import Hashable, Sequence
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    bindparam,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute

from app.extensions import db
from app.realtime import Partial, View
from app.realtime.partials import Context

Column = InstrumentedAttribute[Any]


class How(StrEnum):
    """What somebody has to do with a card."""

    OWN = "own"
    SUPPORTED = "supported"


_marked: dict[tuple[str, How], Select[Any, str, str, Any]] = {}


def register(
    card: str, how: How, person: Column, id: Column, *conditions: ColumnElement[bool]
) -> None:
    """Add cards, whose elements are called `card`-ID, and the column of the person they are of."""
    theirs = person.in_(bindparam("people", expanding=True))
    rows = select(person, literal(how.value), literal(card), id)
    _marked[card, how] = rows.where(theirs, *conditions)
    _all.cache_clear()


@cache
def _all() -> CompoundSelect[Any, str, str, Any]:
    return union_all(*_marked.values())


def marks_of(ids: Sequence[int]) -> dict[int, dict[str, list[str]]]:
    """The marks of these participants, as contexts of what tells their pages: one statement."""
    found: dict[int, dict[str, list[str]]] = {id: {how.value: [] for how in How} for id in ids}
    rows = db.session.execute(_all(), {"people": list(ids)})
    for person_id, how, card, id in sorted(map(tuple, rows)):
        found[person_id][how].append(f"{card}-{id}")
    return found


def _looks(mine: Context) -> Hashable | None:
    """Who has none yet looks like all the others; what somebody has is not worth keeping."""
    return None if mine[How.OWN] or mine[How.SUPPORTED] else ()


marks = Partial("events/_marks.html", "my-marks", marks_of, frozenset({View.PERSON}), looks=_looks)
