"""Reads of municipalities."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, or_, select

from app.accounts.models import Account
from app.addresses import MOST_ID, is_number
from app.database import found
from app.errors import Invalid, NotFound
from app.extensions import db
from app.municipalities.models import Municipality


def all_by_name() -> Sequence[Municipality]:
    """All municipalities, as a list to choose from."""
    return db.session.scalars(select(Municipality).order_by(Municipality.name)).all()


def choices() -> list[tuple[str, str]]:
    """What a form offers: nothing chosen first, since many are guests of no municipality."""
    named = select(Municipality.id, Municipality.name).order_by(Municipality.name)
    return [("", ""), *((str(id), name) for id, name in db.session.execute(named))]


def chosen(value: str | None) -> int | None:
    """The id of what a form has chosen from these, if anything; raises `Invalid`."""
    if not value:
        return None
    if not is_number(value) or db.session.get(Municipality, min(int(value), MOST_ID)) is None:
        raise Invalid(_l("Please choose a municipality from the list."))
    return int(value)


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


def with_people() -> Sequence[Any]:
    """All municipalities by name, each with the number of accounts that come from there."""
    people = func.count(Account.id).label("people")
    return db.session.execute(
        select(Municipality, people)
        .join(
            Account,
            (Account.municipality_id == Municipality.id) & Account.deleted_at.is_(None),
            isouter=True,
        )
        .group_by(Municipality.id)
        .order_by(Municipality.name)
    ).all()
