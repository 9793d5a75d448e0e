"""Who may read what is in a space: the one predicate of pages, lists, search, feeds, mail, files,
sockets and the API; and who may do what there.
"""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.errors import NeedsSignIn, Refused
from app.permissions import COORDINATORS, MEMBERS, READERS, SpaceRole, allow
from app.spaces.models import Membership, Space

AccountId = int | ColumnElement[int] | Any


def reads(account_id: AccountId) -> ColumnElement[bool]:
    """Which spaces this account may read; given a column, the spaces that each row's may."""
    return Space.id.in_(readable_ids(account_id))


def readable_ids(account_id: AccountId) -> Any:
    """The ids of the spaces that this account may read, for `column.in_(...)`."""
    opened, _, member = parts = _parts()
    return _opening(parts).with_only_columns(opened.id).where(member.account_id == account_id)


def readers_of(space_id: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Which accounts may read this space now; they have a password and are let in."""
    opened, _, member = parts = _parts()
    ids = _opening(parts).with_only_columns(member.account_id).where(opened.id == space_id)
    return and_(
        Account.deactivated_at.is_(None),
        Account.deleted_at.is_(None),
        Account.password_hash.is_not(None),
        Account.id.in_(ids),
    )


@cache  # to make an alias costs more than to ask the database
def _parts() -> tuple[Any, Any, Any]:
    """A space that is opened, the place of a membership that opens it, and the membership."""
    return aliased(Space), aliased(Space), aliased(Membership)


def _opening(parts: tuple[Any, Any, Any]) -> Any:
    """Which membership opens what: the one rule, asked from either side.

    A membership opens its own space and no other, neither above nor below; a reader's only where
    the space allows readers. What is not private is open to everybody in the same tree.
    """
    opened, place, member = parts
    in_its_tree = and_(place.root_id == opened.root_id, ~opened.is_private)
    return (
        select(opened.id)
        .join(place, or_(place.id == opened.id, in_its_tree))
        .join(member, member.space_id == place.id)
        .where(or_(member.role != SpaceRole.READER, place.allows_readers))
        .correlate_except(*parts)
    )


def is_steward(account: Account | None, member: Any) -> bool:
    """Who looks after a space: its coordinators, and admins, who need not read it for that."""
    if account is None:
        return False
    return account.is_admin or (member is not None and member.role == SpaceRole.COORDINATOR)


def require_founder(account: Account | None) -> Account:
    """Who may begin a tree of spaces: those who may create events; raises for all others."""
    if account is None:
        raise NeedsSignIn
    if not account.may_create_events:
        raise Refused
    return account


allow("spaces.read", READERS)
allow("spaces.write", MEMBERS)
allow("spaces.coordinate", COORDINATORS)
