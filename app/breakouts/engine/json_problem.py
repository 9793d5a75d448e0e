"""Reads an assignment problem from JSON, and says in one line what is wrong with it."""

import json
from dataclasses import dataclass
from typing import Any

from app.breakouts.engine.problem import Person, Room

FIELDS = ("seed", "rooms", "people", "history", "together", "apart")


class Malformed(ValueError):
    """The input is not the documented JSON; the message names the place."""


@dataclass(frozen=True)
class Problem:
    """The arguments of `assignment.plan`."""

    people: list[Person[str]]
    rooms: list[Room[str]]
    seed: int
    history: list[dict[str, str]]
    together: list[tuple[str, str]]
    apart: list[tuple[str, str]]


def read_problem(text: bytes) -> Problem:
    """The problem in this JSON text, or Malformed."""
    try:
        data = json.loads(text, object_pairs_hook=_without_duplicates)
    except Malformed:
        raise
    except (ValueError, RecursionError) as error:
        raise Malformed(f"the input is not JSON: {error}") from None
    fields = _object(data, "the input")
    for name in fields:
        if name not in FIELDS:  # a misspelt "apart" must not be passed over in silence
            raise Malformed(f"unknown field: {name!r}")
    for name in ("rooms", "people"):
        if name not in fields:
            raise Malformed(f'"{name}" is missing')
    return Problem(
        people=[_person(each, f"people[{n}]") for n, each in enumerate(_list(fields, "people"))],
        rooms=[_room(each, f"rooms[{n}]") for n, each in enumerate(_list(fields, "rooms"))],
        seed=_whole(fields.get("seed", 0), "seed"),
        history=[
            _earlier(each, f"history[{n}]") for n, each in enumerate(_list(fields, "history"))
        ],
        together=_pairs(fields, "together"),
        apart=_pairs(fields, "apart"),
    )


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; json would silently keep only the last of several values for a key."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise Malformed(f"{key!r} stands twice in one object")
        found[key] = value
    return found


def _person(value: Any, where: str) -> Person[str]:
    fields = _object(value, where)
    municipality = fields.get("municipality")
    return Person(
        _text(fields.get("id"), f"{where}.id"),
        None if municipality is None else _text(municipality, f"{where}.municipality"),
    )


def _room(value: Any, where: str) -> Room[str]:
    fields = _object(value, where)
    capacity = fields.get("capacity")
    return Room(
        _text(fields.get("id"), f"{where}.id"),
        None if capacity is None else _whole(capacity, f"{where}.capacity"),
    )


def _earlier(value: Any, where: str) -> dict[str, str]:
    return {key: _text(room, f"{where}.{key}") for key, room in _object(value, where).items()}


def _pairs(fields: dict[str, Any], name: str) -> list[tuple[str, str]]:
    pairs = []
    for number, value in enumerate(_list(fields, name)):
        where = f"{name}[{number}]"
        if not isinstance(value, list) or len(value) != 2:
            raise Malformed(f"{where} is not a pair of ids")
        pairs.append((_text(value[0], where), _text(value[1], where)))
    return pairs


def _object(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise Malformed(f"{where} is not an object")
    return value


def _list(fields: dict[str, Any], name: str) -> list[Any]:
    value = fields.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Malformed(f"{name} is not a list")
    return value


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise Malformed(f"{where} is not a text")
    return value


def _whole(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed(f"{where} is not a whole number")
    return value
