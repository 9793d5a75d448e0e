"""Spaces themselves: made, set up, opened and closed."""

import secrets
from typing import Any

from sqlalchemy import select

from app.database import now
from app.extensions import db
from app.outbox import announce
from app.realtime import ACCESS
from app.spaces.facts import AccessChanged, SpaceChanged
from app.spaces.models import Space, SpaceKind


def create_space(
    name: str,
    kind: SpaceKind,
    parent: Space | None = None,
    *,
    is_private: bool = True,
    allows_readers: bool = False,
    description: str = "",
) -> Space:
    """A space below another, or the top of a tree of its own."""
    space = Space(
        name=name,
        kind=kind,
        parent_id=parent.id if parent else None,
        root_id=parent.root_id if parent else None,
        is_private=is_private,
        allows_readers=allows_readers,
        description=description,
    )
    db.session.add(space)
    db.session.flush()
    space.root_id = space.root_id or space.id
    db.session.flush()
    announce(SpaceChanged(space.id), space.channel)
    return space


def set_privacy(space: Space, is_private: bool) -> None:
    """Open a space to its tree, or close it: what is in it is hidden from all others at once."""
    space.is_private = is_private
    _announce_change(space)
    announce(AccessChanged(space.id, None), ACCESS)


def allow_readers(space: Space, allowed: bool) -> None:
    """Let people in who only read, or shut those out that there are, from the open ones too."""
    space.allows_readers = allowed
    _announce_change(space)
    for id in {space.id, *open_in_tree(space)}:
        announce(AccessChanged(id, None), ACCESS)


def change_space(space: Space, **changes: Any) -> None:
    """Change the name, the description, the way in, or the colour."""
    for name, value in changes.items():
        setattr(space, name, value)
    _announce_change(space)


def archive(space: Space, archived: bool) -> None:
    """Take a space out of the lists, and let its members only read; or take it up again."""
    space.archived_at = now() if archived else None
    _announce_change(space)
    announce(AccessChanged(space.id, None), ACCESS)


def make_request_link(space: Space) -> None:
    """A link by which people who do not see the space can ask; an earlier one stops working."""
    space.request_key = secrets.token_urlsafe(12)


def close_request_link(space: Space) -> None:
    """Let nobody ask by a link any more."""
    space.request_key = None


def open_in_tree(space: Space) -> list[int]:
    """The spaces that a membership in this one opens beside it."""
    in_tree = (Space.root_id == space.root_id, ~Space.is_private, Space.id != space.id)
    return list(db.session.scalars(select(Space.id).where(*in_tree)))


def _announce_change(space: Space) -> None:
    db.session.flush()
    announce(SpaceChanged(space.id), space.channel)
