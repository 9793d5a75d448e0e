"""Who is in a space, and as what."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from app.accounts.models import Account
from app.addresses import external_url
from app.errors import Conflict
from app.extensions import db
from app.forums.models import Post
from app.mail import letters
from app.outbox import announce
from app.permissions import SpaceRole
from app.realtime import ACCESS
from app.spaces.actions.spaces import open_in_tree
from app.spaces.facts import AccessChanged, MembershipChanged
from app.spaces.models import Joining, JoinRequest, Membership, Space
from app.spaces.queries import coordinators

LAST = _l("A space needs a coordinator. Please make somebody else one first.")
NO_READERS = _l("This space has no readers. Its settings can allow them.")


def admit(space: Space, account: Account, role: SpaceRole = SpaceRole.MEMBER) -> Membership:
    """Let somebody be in a space in this role; what was written before is not new to them."""
    membership = db.session.get(Membership, (space.id, account.id))
    if membership is None:
        newest = db.session.scalar(select(func.max(Post.id))) or 0
        membership = Membership(space_id=space.id, account_id=account.id, read_floor=newest)
        db.session.add(membership)
    membership.role = role
    _forget_request(space, account)
    _announce(space, account.id)
    return membership


def admit_at_least(space: Space, account: Account, role: SpaceRole) -> None:
    """Let somebody be in a space in this role, or stay there in a higher one."""
    membership = db.session.get(Membership, (space.id, account.id))
    ranks = list(SpaceRole)
    if membership is None or ranks.index(membership.role) < ranks.index(role):
        admit(space, account, role)


def join(space: Space, account: Account) -> None:
    """Somebody who may read an open space comes in by themselves."""
    if space.is_private or space.joining != Joining.OPEN or space.archived_at is not None:
        raise Conflict(_l("Nobody joins this space by themselves. Please ask its coordinators."))
    admit_at_least(space, account, SpaceRole.MEMBER)


def coordinate(space: Space, admin: Account) -> None:
    """An admin makes themselves a coordinator, which everybody in the space can see."""
    known = db.session.get(Membership, (space.id, admin.id))
    if known is not None and known.role == SpaceRole.COORDINATOR:
        return
    tell_coordinators(space, "space_admin", name=admin.name, space=space.name)
    admit(space, admin, SpaceRole.COORDINATOR).let_self_in = True


def change_role(membership: Membership, role: SpaceRole) -> None:
    """Let somebody do more or less in a space, which is held."""
    space = membership.space
    if role == membership.role:
        return
    if role == SpaceRole.READER and not space.allows_readers:
        raise Conflict(NO_READERS)
    _require_another_coordinator(membership)
    membership.role = role
    _announce(space, membership.account_id)


def remove_member(membership: Membership) -> None:
    """Somebody leaves, or is taken out of a space, which is held; not the last coordinator."""
    _require_another_coordinator(membership)
    let_go(membership)


def let_go(membership: Membership) -> None:
    """Somebody is no longer in a space, nor reads the open ones by it; what they wrote stays."""
    space = membership.space
    db.session.delete(membership)
    _announce(space, membership.account_id)
    for id in open_in_tree(space):
        announce(AccessChanged(id, membership.account_id), ACCESS)


def tell_coordinators(space: Space, letter: str, /, **values: Any) -> None:
    """Write to those who coordinate the space."""
    link = external_url("spaces.people", space_id=space.id)
    for account in coordinators(space.id):
        if account.email:
            letters.post(letter, account.email, account.language, link=link, **values)


def _require_another_coordinator(membership: Membership) -> None:
    if membership.role != SpaceRole.COORDINATOR:
        return
    if all(account.id == membership.account_id for account in coordinators(membership.space_id)):
        raise Conflict(LAST)


def _forget_request(space: Space, account: Account) -> None:
    request = db.session.get(JoinRequest, (space.id, account.id))
    if request is not None:
        db.session.delete(request)


def _announce(space: Space, account_id: int) -> None:
    db.session.flush()
    announce(MembershipChanged(space.id, account_id), space.channel, f"account:{account_id}")
    announce(AccessChanged(space.id, account_id), ACCESS)
