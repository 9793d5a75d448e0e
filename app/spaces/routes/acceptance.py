"""The link of an invitation: GET shows one button or form, since gateways open links ahead."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import newcomers, passwords, sessions
from app.accounts.models import Account
from app.accounts.queries import by_email
from app.database import transaction
from app.errors import DomainError, NotFound
from app.limits import opened_by_secret
from app.spaces import actions
from app.spaces.forms import AcceptanceForm
from app.spaces.identity import present_account
from app.spaces.invitees import invitation_with
from app.spaces.models import Invitation
from app.spaces.routes import Answer, bp


def _invitation(secret: str, *, hold: bool = False) -> Invitation:
    invitation = invitation_with(secret, hold=hold)
    if invitation is None or invitation.is_late:
        raise NotFound(_("This link is no longer valid. Please ask for a new invitation."))
    return invitation


def _addressee(invitation: Invitation) -> Account | None:
    """Whose account the mail address belongs to, if it is in use."""
    account = by_email(invitation.email or "")
    if account is not None and not account.is_active:
        raise NotFound(_("This link is no longer valid. Please ask for a new invitation."))
    return account if account is not None and not account.is_invited else None


@bp.get("/spaces/invitations/<secret>")
@opened_by_secret
def invitation(secret: str) -> Answer:
    """What one is invited to, and by whom."""
    invitation = _invitation(secret)
    if invitation.accepted_at is not None:
        return redirect(url_for(".show", space_id=invitation.space_id), 303)
    return _page(invitation, AcceptanceForm(formdata=None, name=invitation.name))


def _page(invitation: Invitation, form: AcceptanceForm) -> str:
    return render_template(
        "spaces/invitation.html",
        invitation=invitation,
        form=form,
        addressee=_addressee(invitation),
        account=present_account(),
    )


@bp.post("/spaces/invitations/<secret>")
@opened_by_secret
def accept(secret: str) -> Answer:
    """Come in: as who one is already, or with a name and a password that are chosen here."""
    invitation = _invitation(secret)
    if invitation.accepted_at is not None:
        return redirect(url_for(".show", space_id=invitation.space_id), 303)
    if _addressee(invitation) is None and present_account() is None:
        return _accept_as_newcomer(secret, invitation)
    with transaction():
        invitation = _invitation(secret, hold=True)
        account = _addressee(invitation) or present_account()
        if account is None:
            raise NotFound
        actions.accept(invitation, account)
    return _welcome(invitation, account)


def _accept_as_newcomer(secret: str, invitation: Invitation) -> Answer:
    form = AcceptanceForm()
    if not form.validate_on_submit():
        return _page(invitation, form), 422
    hash = passwords.hashed(form.new_password.data or "")
    try:
        with transaction():
            invitation = _invitation(secret, hold=True)
            email, language = invitation.email or "", invitation.language
            account = newcomers.welcome(email, form.name.data or "", hash, language)
            actions.accept(invitation, account)
    except DomainError as error:
        form.form_errors = [str(error.message)]
        return _page(_invitation(secret), form), error.status
    sessions.begin(account, stay=True)
    return _welcome(invitation, account)


def _welcome(invitation: Invitation, account: Account) -> Response:
    """Into the space; by way of the sign-in for somebody who is not the account, or nobody."""
    flash(_("Welcome to %(space)s, %(name)s.", name=account.name, space=invitation.space.name))
    space = url_for(".show", space_id=invitation.space_id)
    present = present_account()
    if present is None:
        return redirect(url_for("accounts.sign_in", next=space), 303)
    return redirect(space if present.id == account.id else url_for("events.home"), 303)
