"""Who has an account: invite people, and decide what they may do."""

from collections.abc import Callable
from functools import partial

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from app.accounts import actions, queries
from app.accounts.forms import STANDING_NAMES, InvitationForm, SearchForm
from app.accounts.models import Account, Standing
from app.accounts.permissions import (
    GRANTED_BY,
    require_admin,
    require_admin_over,
    require_inviter,
    signed_in,
)
from app.accounts.routes import Answer, bp
from app.addresses import page_before
from app.database import locked, transaction
from app.errors import DomainError, Invalid, NotFound
from app.languages import chosen_language
from app.limits import SENDING_MAIL, limited

AT_ONCE = 50  # people on a page


@bp.get("/people")
@login_required
def people() -> str:
    """Everybody who has an account or is invited to one, as far as wanted, some at a time."""
    admin = require_admin()
    form = SearchForm(request.args)
    after = request.args.get("after", type=int)
    found = queries.people(form.wanted, after, AT_ONCE)
    shown = found[:AT_ONCE]
    asked = {name: value for name, value in request.args.items() if name in form and value}
    first: Callable[..., str] = partial(url_for, ".people", **asked)  # type: ignore[arg-type]
    return render_template(
        "accounts/people.html",
        people=shown,
        me=admin,
        standings=Standing,
        form=form,
        is_filtered=bool(asked),
        count=queries.people_count(form.wanted),
        first_url=first() if after is not None else None,
        next_url=first(after=shown[-1].id) if len(found) > AT_ONCE else None,
    )


def _invitation_form() -> InvitationForm:
    grantable = GRANTED_BY[signed_in().standing]
    form = InvitationForm(language=chosen_language())
    form.standing.choices = [SelectChoice(s.value, STANDING_NAMES[s]) for s in grantable]
    return form


@bp.route("/people/invitations", methods=["GET", "POST"])
@limited(SENDING_MAIL, "invitations", methods=["POST"])
@login_required
def invite() -> Answer:
    """Invite somebody by mail."""
    require_inviter()
    form = _invitation_form()
    if not form.validate_on_submit():
        return _inviting(form), 422 if form.is_submitted() else 200
    standing = Standing(form.standing.data)
    try:
        with transaction():
            inviter = require_inviter(standing)
            actions.invite(
                inviter, form.email.data or "", form.name.data or "", standing, form.language.data
            )
    except DomainError as error:
        form.form_errors = [str(error.message)]
        return _inviting(form), error.status
    flash(_("%(name)s is invited.", name=form.name.data))
    return redirect(url_for(".invite"), 303)


def _inviting(form: InvitationForm) -> str:
    return render_template("accounts/invite.html", form=form)


def _somebody(account_id: int) -> Account:
    """Somebody else's account, held for a change; raises unless an admin asks."""
    require_admin()
    account = locked(Account, account_id)
    require_admin_over(account)
    if account.deleted_at is not None:
        raise NotFound
    return account


def _back() -> Response:
    """To the people among whom somebody was chosen."""
    return redirect(page_before(otherwise=url_for(".people")), 303)


@bp.post("/people/<int:account_id>/standing")
@login_required
def change_standing(account_id: int) -> Response:
    """Let somebody do more or less."""
    standing = request.form.get("standing", "")
    with transaction():
        account = _somebody(account_id)
        if standing not in set(Standing):
            raise Invalid
        actions.change_standing(account, Standing(standing))
    flash(
        _(
            "%(name)s is now: %(standing)s.",
            name=account.name,
            standing=STANDING_NAMES[account.standing],
        )
    )
    return _back()


@bp.post("/people/<int:account_id>/deactivation")
@login_required
def deactivate(account_id: int) -> Response:
    """Let somebody in no more."""
    with transaction():
        account = _somebody(account_id)
        actions.deactivate(account)
    flash(_("%(name)s cannot sign in any more.", name=account.name))
    return _back()


@bp.delete("/people/<int:account_id>/deactivation")
@login_required
def reactivate(account_id: int) -> Response:
    """Let somebody in again."""
    with transaction():
        account = _somebody(account_id)
        actions.reactivate(account)
    flash(_("%(name)s can sign in again.", name=account.name))
    return _back()


@bp.post("/people/<int:account_id>/invitation")
@login_required
def invite_again(account_id: int) -> Response:
    """Send an invitation once more."""
    with transaction():
        account = _somebody(account_id)
        actions.send_invitation(account, signed_in())
    flash(_("%(name)s is invited once more.", name=account.name))
    return _back()


@bp.delete("/people/<int:account_id>/invitation")
@login_required
def withdraw_invitation(account_id: int) -> Response:
    """Take an invitation back."""
    with transaction():
        account = _somebody(account_id)
        name = account.name
        actions.withdraw_invitation(account)
    flash(_("The invitation of %(name)s is withdrawn.", name=name))
    return _back()
