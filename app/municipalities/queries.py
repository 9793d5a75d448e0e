"""Reads of municipalities."""

from collections.abc import Sequence

from sqlalchemy import func, or_, select

from app.database import found
from app.errors import Invalid, NotFound
from app.extensions import db
from app.municipalities.models import Municipality


def all_by_name() -> Sequence[Municipality]:
    """All municipalities, as a list to choose from."""
    return db.session.scalars(select(Municipality).order_by(Municipality.name)).all()


def choices() -> list[tuple[str, str]]:
    """What a form offers: nothing chosen first, since many are guests of no municipality."""
    return [("", ""), *((str(m.id), m.name) for m in all_by_name())]


def named(name: str) -> Municipality:
    """The municipality of this name or id; raises `Invalid`."""
    tidy = name.strip()
    # SQLite's lower() knows no umlauts, so the name as it stands is looked for too.
    is_named = or_(Municipality.name == tidy, func.lower(Municipality.name) == tidy.lower())
    municipality = db.session.scalar(select(Municipality).where(is_named))
    if municipality is None and name.isdecimal():
        try:
            municipality = found(Municipality, int(name))
        except NotFound:
            municipality = None
    if municipality is None:
        raise Invalid(f"{name}?")
    return municipality
