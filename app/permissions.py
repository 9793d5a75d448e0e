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


class SpaceRole(StrEnum):
    """What somebody is in a space."""

    READER = "reader"
    MEMBER = "member"
    COORDINATOR = "coordinator"


EVERYBODY = frozenset(Role)
WRITERS = frozenset({Role.PARTICIPANT, Role.MODERATOR, Role.HOST})
MODERATORS = frozenset({Role.MODERATOR})
ANSWERERS = frozenset({Role.HOST, Role.MODERATOR})
READERS = frozenset(SpaceRole)
MEMBERS = frozenset({SpaceRole.MEMBER, SpaceRole.COORDINATOR})
COORDINATORS = frozenset({SpaceRole.COORDINATOR})
Place = tuple[str, int]


class Person(Protocol):
    """Somebody in an event or in a space, as which they have a role there."""

    @property
    def role(self) -> Any:
        """What they are there."""
        ...

    def wrote(self, thing: Any) -> bool:
        """Whether this thing is their own."""
        ...


Condition = Callable[[Any], ColumnElement[bool]]


@dataclass(frozen=True)
class Rule:
    """Who may: these roles, only the author where `own`, only what `visible` lets them see."""

    roles: frozenset[Any]
    own: bool = False
    visible: Condition | None = None


_rules: dict[str, Rule] = {}


def allow(
    permission: str, roles: frozenset[Any], *, own: bool = False, visible: Condition | None = None
) -> None:
    """Add a row to the table."""
    _rules[permission] = Rule(roles, own, visible)


def table() -> dict[str, Rule]:
    """The whole table, for tests and documentation."""
    return dict(_rules)


def place_of(thing: Any) -> Place:
    """Where a thing or a person is: in an event, or in a space."""
    event_id = getattr(thing, "event_id", None)
    return ("space", thing.space_id) if event_id is None else ("event", event_id)


def can(person: Person | None, permission: str, thing: Any) -> bool:
    """Whether this person may do this to this thing, which is where the person is."""
    rule = _rules[permission]
    if person is None or person.role not in rule.roles or place_of(person) != place_of(thing):
        return False
    if rule.own and not person.wrote(thing):
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
    if place_of(person) != place_of(thing):
        raise NotFound
    rule = _rules[permission]
    if rule.visible and person.role in rule.roles and not is_visible(person, thing, rule.visible):
        raise NotFound
    raise Refused
