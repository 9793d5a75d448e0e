"""Municipalities in calls: named, or by their id."""

from typing import Any

from flask_babel import lazy_gettext as _l

from app.addresses import MOST_ID
from app.api.bodies import Field, identifier, text, wrong
from app.errors import Invalid
from app.municipalities.models import Municipality
from app.municipalities.queries import named


def municipality_field(name: str, example: str) -> Field:
    """The name or the id of a municipality; may be left out."""
    by_name, by_id = text(name, 120, example), identifier(name, 1)

    def read(given: Any, where: str) -> str:
        kind = by_id if type(given) is int else by_name
        return str(kind.read(given, where))

    schema = {"anyOf": [by_name.schema, by_id.schema, {"type": "null"}]}
    return Field(name, schema, read, example, False)


def municipality_of(name: str | None) -> Municipality | None:
    """The municipality that a field named, if any; raises `Invalid`."""
    if name is None:
        return None
    try:
        if name.isdecimal() and int(name) > MOST_ID:
            raise Invalid
        return named(name)
    except Invalid as error:
        message = _l("There is no municipality of this name. It may be left out.")
        raise wrong("municipality", message) from error
