"""Roles, and the one question that every route and subscription asks.

Each feature's `permissions.py` adds its rows to the table with `allow`. A permission is named
`feature.verb`; what a person may see is one SQL condition, which lists and single checks share.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy import ColumnElement, inspect, select

from app.errors import NeedsSignIn, NotFound, Refused
from app.extensions import db


class Role(StrEnum):
    """What somebody is in an event."""

    PARTICIPANT = "participant"
    MODERATOR = "moderator"
    HOST = "host"
    OBSERVER = "observer"


EVERYBODY = frozenset(Role)
WRITERS = frozenset({Role.PARTICIPANT, Role.MODERATOR, Role.HOST})
MODERATORS = frozenset({Role.MODERATOR})
ANSWERERS = frozenset({Role.HOST, Role.MODERATOR})


class Person(Protocol):
    """Somebody in an event."""

    id: Any
    event_id: Any
    role: Any


Condition = Callable[[Any], ColumnElement[bool]]


@dataclass(frozen=True)
class Rule:
    """Who may: these roles, only the author where `own`, only what `visible` lets them see."""

    roles: frozenset[Role]
    own: bool = False
    visible: Condition | None = None


_rules: dict[str, Rule] = {}


def allow(
    permission: str, roles: frozenset[Role], *, own: bool = False, visible: Condition | None = None
) -> None:
    """Add a row to the table."""
    _rules[permission] = Rule(roles, own, visible)


def table() -> dict[str, Rule]:
    """The whole table, for tests and documentation."""
    return dict(_rules)


def can(person: Person | None, permission: str, thing: Any) -> bool:
    """Whether this person may do this to this thing; the thing knows its `event_id`."""
    rule = _rules[permission]
    if person is None or person.event_id != thing.event_id or person.role not in rule.roles:
        return False
    if rule.own and thing.participant_id != person.id:
        return False
    return rule.visible is None or is_visible(person, thing, rule.visible)


def is_visible(person: Person, thing: Any, condition: Condition) -> bool:
    """Whether the thing's row meets the condition that lists are filtered with."""
    kind = type(thing)
    key = inspect(kind).primary_key[0]
    query = select(key).where(key == thing.id, condition(person))
    return db.session.scalar(query) is not None


def require(person: Person | None, permission: str, thing: Any) -> None:
    """Raise unless `can`: `NeedsSignIn` for nobody, `NotFound` for what is hidden, or `Refused`."""
    if can(person, permission, thing):
        return
    if person is None:
        raise NeedsSignIn
    if person.event_id != thing.event_id:
        raise NotFound
    rule = _rules[permission]
    if rule.visible and person.role in rule.roles and not is_visible(person, thing, rule.visible):
        raise NotFound
    raise Refused
