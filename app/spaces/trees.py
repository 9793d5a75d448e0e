"""The tree of spaces as one person sees it: what they may not read has no name, and no place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from flask import g
from sqlalchemy import ColumnElement, and_, select, true

from app.extensions import db
from app.permissions import SpaceRole
from app.spaces.models import Membership, Space, SpaceKind
from app.spaces.permissions import reads


@dataclass(frozen=True)
class Place:
    """A space in its tree, to somebody."""

    id: int
    parent_id: int | None
    name: str
    kind: SpaceKind
    is_private: bool
    is_archived: bool
    accent: str
    is_readable: bool
    role: SpaceRole | None


@dataclass(frozen=True)
class Branch:
    """A place with those that are below it."""

    place: Place
    branches: list["Branch"] = field(default_factory=list)


@dataclass(frozen=True)
class Surroundings:
    """Where a space stands: what is above it, the top first, and what is right below it."""

    above: list[Place]
    below: list[Place]
    accent: str
    role: SpaceRole | None  # as which they are in the space, if they are


def tree_of(account_id: int) -> list[Branch]:
    """All that somebody may read, as a tree; what is archived is left out."""
    trees = select(Space.root_id).where(reads(account_id))
    places = _places(account_id, Space.root_id.in_(trees))
    return as_tree([p for p in places.values() if not p.is_archived], places)


def whole_forest(account_id: int) -> list[Branch]:
    """All spaces there are, for who administers them."""
    places = {id: replace(p, is_readable=True) for id, p in _places(account_id, true()).items()}
    return as_tree(places.values(), places)


def surroundings(space: Space, account_id: int) -> Surroundings:
    """What is above and below a space for somebody; looked up once in a request."""
    known: dict[tuple[int, int], Surroundings] = g.setdefault("surroundings", {})
    key = (space.id, account_id)
    if key not in known:
        known[key] = _look_around(space, _places(account_id, Space.root_id == space.root_id))
    return known[key]


def _look_around(space: Space, places: Mapping[int, Place]) -> Surroundings:
    above: list[Place] = []
    place = nearest_above(places[space.id], places)
    while place is not None:
        above.insert(0, place)
        place = nearest_above(place, places)
    below = [
        other
        for other in places.values()
        if other.is_readable and not other.is_archived and _is_right_below(other, space, places)
    ]
    accent = places[space.root_id or space.id].accent
    return Surroundings(above, below, accent, places[space.id].role)


def _is_right_below(place: Place, space: Space, places: Mapping[int, Place]) -> bool:
    above = nearest_above(place, places)
    return above is not None and above.id == space.id


def as_tree(shown: Iterable[Place], places: Mapping[int, Place]) -> list[Branch]:
    """The readable ones among these, each below the nearest of them that is above it."""
    branches = {place.id: Branch(place) for place in shown if place.is_readable}
    tops: list[Branch] = []
    for branch in branches.values():
        above = nearest_above(branch.place, places)
        (branches[above.id].branches if above and above.id in branches else tops).append(branch)
    return tops


def nearest_above(place: Place, places: Mapping[int, Place]) -> Place | None:
    """The nearest space above that somebody may read."""
    above = places.get(place.parent_id or 0)
    while above is not None and not above.is_readable:
        above = places.get(above.parent_id or 0)
    return above


def _places(account_id: int, which: ColumnElement[bool]) -> dict[int, Place]:
    rows = db.session.execute(
        select(Space, reads(account_id).label("is_readable"), Membership.role)
        .join(
            Membership,
            and_(Membership.space_id == Space.id, Membership.account_id == account_id),
            isouter=True,
        )
        .where(which)
        .order_by(Space.id)
    )
    return {space.id: _place(space, readable, role) for space, readable, role in rows}


def _place(space: Space, is_readable: bool, role: SpaceRole | None) -> Place:
    return Place(
        id=space.id,
        parent_id=space.parent_id,
        name=space.name,
        kind=space.kind,
        is_private=space.is_private,
        is_archived=space.archived_at is not None,
        accent=space.accent,
        is_readable=is_readable,
        role=role,
    )
