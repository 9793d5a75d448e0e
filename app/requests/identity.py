"""Who the present person is about a request: of the space that asks, or of those it asks."""

from app.database import found
from app.errors import NeedsSignIn, NotFound
from app.permissions import SpaceRole
from app.requests.models import Request
from app.spaces.identity import member_in, present_account
from app.spaces.models import Member, Space


def host_about(request: Request) -> Member | None:
    """A coordinator of the programme, who answers; none for anybody else."""
    if request.space_id is None:
        return None
    root_id = found(Space, request.space_id).root_id
    member = member_in(found(Space, root_id)) if root_id else None
    return member if member is not None and member.role == SpaceRole.COORDINATOR else None


def somebody_about(request: Request) -> Member:
    """Who may read it; raises `NeedsSignIn` for nobody, `NotFound` for outsiders."""
    host = host_about(request)
    if host is not None:
        return host
    space = found(Space, request.space_id) if request.space_id else None
    member = member_in(space) if space else None
    if member is None:
        raise NeedsSignIn if present_account() is None else NotFound
    return member
