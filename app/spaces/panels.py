"""What a space's front page shows of the space itself: what it is for, groups, and people."""

from typing import Any

from flask import url_for

from app.permissions import SpaceRole
from app.spaces.models import Joining, Member, Space
from app.spaces.queries import first_people_in, reader_count
from app.spaces.trees import surroundings

SHOWN = 6  # people


def about(space: Space, member: Member) -> dict[str, Any]:
    """What the space is for, who reads it, and how one comes in or goes."""
    is_in = surroundings(space, member.account_id).role is not None
    may_come = not is_in and space.archived_at is None
    return {
        "readers": reader_count(space),
        "is_in": is_in,
        "may_join": may_come and space.joining == Joining.OPEN and not space.is_private,
        "may_ask": may_come and space.joining == Joining.REQUEST,
    }


def groups(space: Space, member: Member) -> dict[str, Any]:
    """The spaces below that this person may read."""
    return {"places": surroundings(space, member.account_id).below}


def people(space: Space, _member: Member) -> dict[str, Any]:
    """A few of the people, the coordinators first."""
    people, count = first_people_in(space.id, SHOWN)
    return {"people": people, "count": count}


def overview_url(space: Space, _member: Member) -> str:
    """The front page."""
    return url_for("spaces.show", space_id=space.id)


def people_url(space: Space, _member: Member) -> str:
    """The page of the people."""
    return url_for("spaces.people", space_id=space.id)


def settings_url(space: Space, member: Member) -> str | None:
    """Coordinators set the space up."""
    if member.role != SpaceRole.COORDINATOR:
        return None
    return url_for("spaces.settings", space_id=space.id)
