"""The bodies of calls: their fields are checked, and described in the OpenAPI document, alike."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l

from app.addresses import MOST_ID
from app.errors import DomainError, Invalid
from app.submissions import one_line

Schema = dict[str, Any]
ID = re.compile(r"[1-9][0-9]{0,9}")  # as the name of a member


class NotJson(DomainError):
    """The body says that it is something else than JSON."""

    status = 415
    message = _l("Please send JSON, with “Content-Type: application/json”.")


class Malformed(DomainError):
    """The body says that it is JSON, but cannot be read as such."""

    status = 400
    message = _l("This cannot be read as JSON.")


@dataclass(frozen=True)
class Field:
    """One member of an object: `read` returns its value, or raises `Invalid` naming it."""

    name: str
    schema: Schema
    read: Callable[[Any, str], Any]  # what came, and where it stands in the body
    example: Any
    required: bool = True


@dataclass(frozen=True)
class Body:
    """An object with these members and no others."""

    fields: tuple[Field, ...]
    examples: Mapping[str, dict[str, Any]] = field(default_factory=dict)  # where there are kinds

    @property
    def schema(self) -> Schema:
        """Its JSON Schema."""
        return {
            "type": "object",
            "properties": {field.name: field.schema for field in self.fields},
            "required": [field.name for field in self.fields if field.required],
            "additionalProperties": False,
        }

    @property
    def example(self) -> dict[str, Any]:
        """An object that would be taken."""
        return {field.name: field.example for field in self.fields}

    @property
    def media(self) -> Schema:
        """It as the content of a request, in the OpenAPI document."""
        if not self.examples:
            return {"schema": self.schema, "example": self.example}
        named = {name: {"value": value} for name, value in self.examples.items()}
        return {"schema": self.schema, "examples": named}

    def read(self, given: Any, where: str = "") -> dict[str, Any]:
        """The values of all members, `None` for what was left out; raises `Invalid`."""
        if not isinstance(given, dict):
            raise wrong(where, _l("Please send an object."))
        known = {field.name for field in self.fields}
        for name in given:
            if name not in known:
                raise wrong(where + name, _l("This field is not known here."))
        return {field.name: self._value(field, given, where) for field in self.fields}

    def _value(self, field: Field, given: dict[str, Any], where: str) -> Any:
        value = given.get(field.name)
        if value is not None:
            return field.read(value, where + field.name)
        if field.required:
            raise wrong(where + field.name, _l("This field is missing."))
        return None


def body(*fields: Field, examples: Mapping[str, dict[str, Any]] | None = None) -> Body:
    """A body with these fields."""
    return Body(fields, examples or {})


def read_body(expected: Body) -> dict[str, Any]:
    """The body of this request; raises `NotJson`, `Malformed` or `Invalid`."""
    if not request.is_json:
        raise NotJson
    try:
        given = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise Malformed from error
    return expected.read(given)


def wrong(where: str, message: Any) -> Invalid:
    """What to raise for a field: the answer names it."""
    return Invalid(message, field=where[:200])


def _described(schema: Schema, required: bool) -> Schema:
    return schema if required else {"anyOf": [schema, {"type": "null"}]}


def text(name: str, longest: int, example: str, *, required: bool = True) -> Field:
    """A text that is not blank, with at most so many characters."""
    schema = {"type": "string", "minLength": 1, "maxLength": longest, "pattern": r"\S"}

    def read(given: Any, where: str) -> str:
        if not isinstance(given, str) or not _is_storable(given):
            raise wrong(where, _l("This must be a text."))
        tidy = given.strip()
        if not tidy:
            raise wrong(where, _l("Please write something first."))
        if len(tidy) > longest:
            raise wrong(where, too_long(len(tidy), longest))
        return tidy

    return Field(name, _described(schema, required), read, example, required)


def too_long(length: int, most: int) -> Any:
    """The sentence about a text that is too long."""
    return _l(
        "This is too long: %(length)d of at most %(most)d characters.", length=length, most=most
    )


def _is_storable(given: str) -> bool:
    """Whether a database can keep it: neither half a character nor the one that ends strings."""
    return "\0" not in given and not any("\ud800" <= letter <= "\udfff" for letter in given)


def identifier(name: str, example: int, *, required: bool = True) -> Field:
    """The id of something."""
    schema = {"type": "integer", "minimum": 1, "maximum": MOST_ID}
    return Field(name, _described(schema, required), _id, example, required)


def _id(given: Any, where: str) -> int:
    if type(given) is not int or not 1 <= given <= MOST_ID:
        raise wrong(where, _l("This must be an id, a whole number."))
    return given


def identifiers(name: str, example: Sequence[int], *, required: bool = True) -> Field:
    """A list of ids."""

    def read(given: Any, where: str) -> list[int]:
        return [_id(one, f"{where}[{at}]") for at, one in enumerate(_list(given, where))]

    item = {"type": "integer", "minimum": 1, "maximum": MOST_ID}
    schema = {"type": "array", "items": item}
    return Field(name, _described(schema, required), read, list(example), required)


def number(name: str, lowest: int, highest: int, example: int, *, required: bool = False) -> Field:
    """A whole number; may be left out, unless it is required."""

    def read(given: Any, where: str) -> int:
        return _within(given, where, lowest, highest)

    schema = {"type": "integer", "minimum": lowest, "maximum": highest}
    return Field(name, _described(schema, required), read, example, required)


def numbers_by_id(name: str, highest: int, example: Mapping[str, int]) -> Field:
    """Whole numbers from 1 by the ids of what they are for; may be left out."""

    def read(given: Any, where: str) -> dict[int, int]:
        if not isinstance(given, dict):
            raise wrong(where, _l("Please send an object."))
        return {
            _id(int(id) if ID.fullmatch(id) else None, f"{where}.{id}"): _within(
                value, f"{where}.{id}", 1, highest
            )
            for id, value in given.items()
        }

    value = {"type": "integer", "minimum": 1, "maximum": highest}
    schema = {
        "type": "object",
        "propertyNames": {"pattern": f"^{ID.pattern}$"},
        "additionalProperties": value,
    }
    return Field(name, _described(schema, False), read, dict(example), False)


def _within(given: Any, where: str, lowest: int, highest: int) -> int:
    if type(given) is not int or not lowest <= given <= highest:
        message = _l(
            "This must be a whole number from %(lowest)d to %(highest)d.",
            lowest=lowest,
            highest=highest,
        )
        raise wrong(where, message)
    return given


def texts(name: str, longest: int, most: int, example: Sequence[str]) -> Field:
    """A list of so many lines at most, each once; may be left out."""
    line = text(name, longest, example[0])

    def read(given: Any, where: str) -> list[str]:
        lines = [
            one_line(line.read(one, f"{where}[{at}]")) for at, one in enumerate(_list(given, where))
        ]
        if len(lines) > most:
            raise wrong(where, _l("At most %(most)d can be named.", most=most))
        return list(dict.fromkeys(lines))

    schema = {"type": "array", "items": line.schema, "maxItems": most}
    return Field(name, _described(schema, False), read, list(example), False)


def objects(name: str, each: Body) -> Field:
    """A list of objects."""

    def read(given: Any, where: str) -> list[dict[str, Any]]:
        return [each.read(one, f"{where}[{at}].") for at, one in enumerate(_list(given, where))]

    return Field(name, {"type": "array", "items": each.schema}, read, [each.example])


def _list(given: Any, where: str) -> list[Any]:
    if not isinstance(given, list):
        raise wrong(where, _l("This must be a list."))
    return given


def choice(name: str, choices: Sequence[str], *, required: bool = True) -> Field:
    """One of these words."""

    def read(given: Any, where: str) -> str:
        if given not in choices:
            listed = ", ".join(choices)
            raise wrong(where, _l("This must be one of: %(choices)s.", choices=listed))
        return str(given)

    schema = {"type": "string", "enum": list(choices)}
    return Field(name, _described(schema, required), read, choices[0], required)


def flag(name: str, example: bool) -> Field:
    """True or false; may be left out."""

    def read(given: Any, where: str) -> bool:
        if not isinstance(given, bool):
            raise wrong(where, _l("This must be true or false."))
        return given

    return Field(name, _described({"type": "boolean"}, False), read, example, False)
