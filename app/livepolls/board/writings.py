"""What people write under aspects elsewhere: where it stands is part of the board.

The features whose tables these are register them here when the application begins.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, select, union_all, update

from app.extensions import db
from app.livepolls.models import Aspect

Place = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """One kind of what stands under aspects."""

    name: str
    id: Any  # its column of numbers
    aspect_id: Any  # and that of the aspects
    read_with: Any  # the number under which it is read: its own, unless it was merged
    only: tuple[ColumnElement[bool], ...] = ()


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known."""
    _kinds[kind.name] = kind


def places(poll_id: int) -> dict[str, Place]:
    """Under which aspect of a poll everything stands, and what it is read with: one query.

    `{"proposal-12": {"aspect": 5, "with": [12, 14]}, …}`
    """
    if not _kinds:
        return {}
    rows = db.session.execute(union_all(*(_standing(each, poll_id) for each in _kinds.values())))
    found = sorted((name, id, aspect_id, root) for name, id, aspect_id, root in rows)
    together: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for name, id, _aspect_id, root in found:
        together[name, root].append(id)
    return {
        f"{name}-{id}": {"aspect": aspect_id, "with": together[name, root]}
        for name, id, aspect_id, root in found
    }


def _standing(kind: Kind, poll_id: int) -> Select[Any]:
    return (
        select(literal(kind.name), kind.id, kind.aspect_id, kind.read_with)
        .join(Aspect, Aspect.id == kind.aspect_id)
        .where(Aspect.poll_id == poll_id, *kind.only)
    )


def put(names: Iterable[str], aspect_id: int) -> None:
    """Let these stand under an aspect."""
    ids: defaultdict[str, list[int]] = defaultdict(list)
    for kind_name, _, id in (name.rpartition("-") for name in names):
        ids[kind_name].append(int(id))
    for kind_name, numbers in ids.items():
        kind = _kinds[kind_name]
        db.session.execute(
            update(kind.id.class_)
            .where(kind.id.in_(numbers))
            .values({kind.aspect_id: aspect_id})
            .execution_options(synchronize_session="fetch")
        )
