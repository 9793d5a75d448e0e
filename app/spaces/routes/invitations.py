"""Inviting people into a space by mail: one by one, or from a list."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.accounts.models import Account
from app.database import locked, transaction
from app.errors import Conflict, DomainError, Invalid, NotFound
from app.languages import chosen_language
from app.limits import SENDING_MAIL, limited
from app.permissions import SpaceRole
from app.spaces import actions
from app.spaces.forms import AddressForm, InvitationForm
from app.spaces.frame import page_context
from app.spaces.identity import member_in, steward_of
from app.spaces.invitees import InvitationPlan, invitations_into, planned
from app.spaces.models import Invitation, Joining, Space
from app.spaces.permissions import is_steward
from app.spaces.routes import Answer, bp
from app.spaces.routes.front import stewarded
from app.spaces.routes.requests import request_link
from app.spaces.tables import MOST_BYTES, decoded

inviting = limited(SENDING_MAIL, "invitations", methods=["POST"])


@bp.get("/spaces/<int:space_id>/invitations")
def invitations(space_id: int) -> str:
    """Who is invited, and two ways to invite more."""
    space = stewarded(space_id)
    return _page(space, InvitationForm(space, formdata=None, language=chosen_language()))


def _page(space: Space, form: InvitationForm) -> str:
    return render_template(
        "spaces/invitations.html",
        **page_context(space, member_in(space)),
        form=form,
        invitations=invitations_into(space.id),
        request_link=request_link(space),
        has_requests=space.joining != Joining.INVITED,
    )


@bp.post("/spaces/<int:space_id>/invitations")
@inviting
def invite(space_id: int) -> Answer:
    """Invite one person."""
    space = stewarded(space_id)
    form = InvitationForm(space)
    if not form.validate_on_submit():
        return _page(space, form), 422
    try:
        with transaction():
            space, inviter = _held(space_id)
            role = SpaceRole(form.role.data)
            actions.invite(space, inviter, form.email.data, {space.id: role}, **form.about)
    except DomainError as error:
        form.form_errors = [str(error.message)]
        return _page(stewarded(space_id), form), error.status
    flash(_("%(name)s is invited.", name=form.name.data))
    return redirect(url_for(".invitations", space_id=space_id), 303)


def _held(space_id: int) -> tuple[Space, Account]:
    """The space and its steward, for as long as a change takes."""
    space = locked(Space, space_id)
    return space, steward_of(space)


def uploaded_text(field: str) -> str:
    """A table as it was sent: a file, or what the preview kept of one."""
    file = request.files.get(field)
    if file is not None and file.filename:
        return decoded(file.read(MOST_BYTES + 1))
    return request.form.get(f"{field}_text", "")


@bp.post("/spaces/<int:space_id>/invitations/list")
@inviting
def invite_many(space_id: int) -> Answer:
    """Show what a list would do; sent once more from there, do it: all of it, or nothing."""
    space = stewarded(space_id)
    text = uploaded_text("people")
    if "confirmed" not in request.form:
        plan = planned(space, text)
        return _preview(space, text, plan), 422 if plan.complaints else 200
    with transaction():
        space, inviter = _held(space_id)
        plan = planned(space, text)
        if not plan.complaints:
            _invite_all(space, inviter, plan)
    if plan.complaints:
        return _preview(stewarded(space_id), text, planned(space, text)), 422
    count = len(plan.entries)
    flash(ngettext("%(num)d person is invited.", "%(num)d people are invited.", count))
    return redirect(url_for(".invitations", space_id=space_id), 303)


def _invite_all(space: Space, inviter: Account, plan: InvitationPlan) -> None:
    for entry in plan.entries:
        about = plan.about(entry, inviter.language)
        actions.invite(space, inviter, entry.email, {space.id: entry.role}, **about)


def _preview(space: Space, text: str, plan: InvitationPlan) -> str:
    context = page_context(space, member_in(space))
    return render_template("spaces/invite_many.html", **context, plan=plan, text=text)


def _invitation(space_id: int, invitation_id: int) -> tuple[Invitation, Space, Account]:
    space, steward = _held(space_id)
    invitation = locked(Invitation, invitation_id)
    if all(place.space_id != space.id for place in invitation.places):
        raise NotFound
    return invitation, space, steward


@bp.post("/spaces/<int:space_id>/invitations/<int:invitation_id>/letter")
@inviting
def send_again(space_id: int, invitation_id: int) -> Response:
    """Send the letter once more, or for the first time to an address that is known now."""
    with transaction():
        invitation, _space, steward = _invitation(space_id, invitation_id)
        if invitation.email is None and invitation.accepted_at is None:
            form = AddressForm()
            if not form.validate_on_submit():
                raise Invalid(_("This does not look like a mail address."))
            _require_all_of(invitation, steward)
            actions.address(invitation, form.email.data or "", steward)
        else:
            actions.send(invitation, steward)
        name = invitation.name
    flash(_("%(name)s gets a letter with a new link.", name=name))
    return redirect(url_for(".invitations", space_id=space_id), 303)


def _require_all_of(invitation: Invitation, steward: Account) -> None:
    """An address opens all that an invitation is for: so it comes from who looks after all."""
    if not all(is_steward(steward, member_in(place.space)) for place in invitation.places):
        raise Conflict(
            _(
                "This invitation is for other spaces too. Please invite %(name)s into this one "
                "with the form for one person.",
                name=invitation.name,
            )
        )


@bp.delete("/spaces/<int:space_id>/invitations/<int:invitation_id>")
def withdraw(space_id: int, invitation_id: int) -> Response:
    """Take an invitation back."""
    with transaction():
        invitation, space, _steward = _invitation(space_id, invitation_id)
        name = invitation.name
        actions.withdraw(invitation, space)
    flash(_("The invitation of %(name)s is withdrawn.", name=name))
    return redirect(url_for(".invitations", space_id=space_id), 303)
