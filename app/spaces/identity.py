"""Who the present person is in a space."""

from flask import g
from flask_login import current_user
from sqlalchemy import select

from app.accounts.models import Account
from app.errors import NeedsSignIn, NotFound, Refused
from app.extensions import db
from app.identity import presented_token
from app.permissions import SpaceRole
from app.spaces.models import Member, Membership, Space
from app.spaces.permissions import is_steward, reads


def present_account() -> Account | None:
    """The account on the other side, signed in or by a token; none for guests."""
    token = presented_token()
    if token is not None:
        account = db.session.get(Account, token.account_id) if token.account_id else None
    else:
        account = current_user._get_current_object() if current_user.is_authenticated else None
    return account if account is not None and account.is_active else None


def member_in(space: Space) -> Member | None:
    """What the account on the other side is in this space; none unless they may read it."""
    known: dict[int, Member | None] = g.setdefault("members", {})
    if space.id not in known:
        account = present_account()
        known[space.id] = member_of(space, account) if account else None
    return known[space.id]


def member_of(space: Space, account: Account) -> Member | None:
    """What an account is in a space: at most a reader without a membership, or if it is archived.

    Coordinators stay what they are, since they can take an archived space up again.
    """
    row = db.session.execute(
        select(Membership.role, Space.archived_at)
        .select_from(Space)
        .join(
            Membership,
            (Membership.space_id == Space.id) & (Membership.account_id == account.id),
            isouter=True,
        )
        .where(Space.id == space.id, reads(account.id))
    ).first()
    if row is None:
        return None
    is_over = row.archived_at is not None and row.role != SpaceRole.COORDINATOR
    return Member(account, space.id, SpaceRole.READER if is_over else row.role or SpaceRole.READER)


def somebody_in(space: Space) -> Member:
    """The person on the other side; raises `NeedsSignIn` for nobody, `NotFound` for outsiders."""
    member = member_in(space)
    if member is None:
        raise NeedsSignIn if present_account() is None else NotFound
    return member


def steward_of(space: Space) -> Account:
    """The steward on the other side; raises for all others as for any who may not."""
    account = present_account()
    if account is not None and is_steward(account, member_in(space)):
        return account
    somebody_in(space)
    raise Refused
