"""Where municipalities are spoken of: in every table with a reference to them."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Column, exists, or_, select, update

from app.database import Base
from app.extensions import db
from app.municipalities.models import Municipality


def _references() -> Iterator[Column[Any]]:
    own = Municipality.__table__
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_keys:
            if key.references(own):  # type: ignore[arg-type]
                yield key.parent


def is_used() -> Any:
    """Whether anything speaks of a municipality, as a condition or a column."""
    return or_(*(exists().where(column == Municipality.id) for column in _references()))


def used(municipality: Municipality) -> bool:
    """Whether anything speaks of this one."""
    query = select(Municipality.id).where(Municipality.id == municipality.id, is_used())
    return db.session.scalar(query) is not None


def point_elsewhere(gone: Municipality, kept: Municipality) -> None:
    """Let all that spoke of the one speak of the other."""
    for column in _references():
        db.session.execute(
            update(column.table).where(column == gone.id).values({column.name: kept.id})
        )
