"""Reads of spaces and the people in them."""

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Account
from app.extensions import db
from app.permissions import SpaceRole
from app.spaces.models import JoinRequest, Membership, Space
from app.spaces.permissions import readers_of

AnySelect = TypeVar("AnySelect", bound=Select[*tuple[Any, ...]])


def spaces_with_role(account_id: int, roles: Collection[SpaceRole]) -> Sequence[Space]:
    """The spaces in use where somebody is one of these."""
    return db.session.scalars(
        select(Space)
        .join(Membership, Membership.space_id == Space.id)
        .where(Membership.account_id == account_id, Membership.role.in_(roles))
        .where(Space.archived_at.is_(None))
        .order_by(Space.id)
    ).all()


def reader_count(space: Space) -> int:
    """How many people would read what is written here now."""
    return db.session.scalar(select(func.count(Account.id)).where(readers_of(space.id))) or 0


def membership_of(space_id: int, account_id: int) -> Membership | None:
    """Somebody's membership in a space; readers by the tree have none."""
    return db.session.get(Membership, (space_id, account_id))


def people_in(space_id: int) -> Sequence[Membership]:
    """Those who are in a space, its coordinators first, then by name."""
    return db.session.scalars(_people(select(Membership), space_id)).all()


def first_people_in(space_id: int, most: int) -> tuple[list[Membership], int]:
    """The first of them, and how many there are."""
    query = _people(select(Membership, func.count().over()), space_id).limit(most)
    rows = db.session.execute(query).all()
    return [membership for membership, _count in rows], rows[0][1] if rows else 0


def _people(query: AnySelect, space_id: int) -> AnySelect:
    is_below = Membership.role != SpaceRole.COORDINATOR
    return (
        query.join(Membership.account)
        .where(Membership.space_id == space_id, Account.deactivated_at.is_(None))
        .where(Account.deleted_at.is_(None))
        .options(contains_eager(Membership.account).joinedload(Account.municipality))
        .order_by(is_below, func.lower(Account.name), Account.id)
    )


def people_counts() -> dict[int, tuple[int, int]]:
    """How many people, and how many coordinators among them, each space has."""
    leads = case((Membership.role == SpaceRole.COORDINATOR, 1), else_=0)
    rows = db.session.execute(
        select(Membership.space_id, func.count(), func.sum(leads))
        .join(Membership.account)
        .where(Account.deactivated_at.is_(None), Account.deleted_at.is_(None))
        .group_by(Membership.space_id)
    )
    return {space_id: (count, coordinators) for space_id, count, coordinators in rows}


def coordinators(space_id: int) -> Sequence[Account]:
    """Those who coordinate a space and can sign in."""
    return db.session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.space_id == space_id, Membership.role == SpaceRole.COORDINATOR)
        .where(Account.deactivated_at.is_(None), Account.deleted_at.is_(None))
        .order_by(Account.id)
    ).all()


def requests_for(space_id: int) -> Sequence[JoinRequest]:
    """Who asks to be let in, the first to ask first."""
    return db.session.scalars(
        select(JoinRequest)
        .join(JoinRequest.account)
        .where(JoinRequest.space_id == space_id, Account.deactivated_at.is_(None))
        .where(Account.deleted_at.is_(None))
        .options(joinedload(JoinRequest.account).joinedload(Account.municipality))
        .order_by(JoinRequest.asked_at)
    ).all()
