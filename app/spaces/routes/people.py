"""The people of a space: who they are, what they may do, and that they may go."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.database import found, locked, transaction
from app.errors import Invalid, NotFound, Refused
from app.permissions import SpaceRole
from app.spaces import actions
from app.spaces.forms import RoleForm
from app.spaces.frame import page_context
from app.spaces.identity import member_in, present_account, somebody_in, steward_of
from app.spaces.models import Membership, Space
from app.spaces.names import ROLE_NAMES
from app.spaces.permissions import is_steward
from app.spaces.queries import membership_of, people_in, requests_for
from app.spaces.routes import bp
from app.spaces.routes.front import held


@bp.get("/spaces/<int:space_id>/people")
def people(space_id: int) -> str:
    """Everybody in the space, with municipality and function."""
    space = found(Space, space_id)
    member, account = member_in(space), present_account()
    leads = is_steward(account, member)
    if not leads:
        member = somebody_in(space)
    return render_template(
        "spaces/people.html",
        **page_context(space, member),
        people=people_in(space.id),
        leads=leads,
        account=account,
        is_in=account is not None and membership_of(space.id, account.id) is not None,
        requests=requests_for(space.id) if leads else [],
        roles=RoleForm(space).role.choices,
    )


def _membership(space: Space, account_id: int) -> Membership:
    membership = membership_of(space.id, account_id)
    if membership is None:
        raise NotFound
    return membership


@bp.post("/spaces/<int:space_id>/people/<int:account_id>/role")
def change_role(space_id: int, account_id: int) -> Response:
    """Let somebody do more or less here."""
    with transaction():
        space = held(space_id)
        membership = _membership(space, account_id)
        form = RoleForm(space)
        if not form.validate_on_submit():
            raise Invalid
        actions.change_role(membership, SpaceRole(form.role.data))
        name, role = membership.account.name, ROLE_NAMES[membership.role]
    flash(_("%(name)s is now: %(role)s.", name=name, role=role))
    return _back(space_id)


@bp.delete("/spaces/<int:space_id>/people/<int:account_id>")
def remove(space_id: int, account_id: int) -> Response:
    """Take somebody out of the space."""
    with transaction():
        membership = _membership(held(space_id), account_id)
        name = membership.account.name
        actions.remove_member(membership)
    flash(_("%(name)s is no longer in this space.", name=name))
    return _back(space_id)


@bp.post("/spaces/<int:space_id>/coordination")
def coordinate(space_id: int) -> Response:
    """An admin becomes a coordinator here, for all to see."""
    with transaction():
        space = locked(Space, space_id)
        admin = steward_of(space)
        if not admin.is_admin:
            raise Refused
        actions.coordinate(space, admin)
    flash(_("You coordinate this space now. Its people can see that you let yourself in."))
    return redirect(url_for(".show", space_id=space_id), 303)


def _back(space_id: int) -> Response:
    """To the people, or home for somebody who has just taken themselves out."""
    space = found(Space, space_id)
    if is_steward(present_account(), member_in(space)):
        return redirect(url_for(".people", space_id=space_id), 303)
    return redirect(url_for(".index"), 303)
