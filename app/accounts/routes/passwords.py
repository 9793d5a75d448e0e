"""Choosing a password: after an invitation, and when the old one is forgotten.

A GET changes nothing, since mail programs and gateways open links ahead of people.
"""

from flask import current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.accounts import actions, links, passwords, queries, sessions, throttling
from app.accounts.forms import AddressForm, PasswordForm
from app.accounts.links import Purpose
from app.accounts.routes import Answer, bp
from app.database import transaction


@bp.get("/password-reset")
def ask_for_reset() -> Answer:
    """A field for the address to which a link is sent."""
    return _asking(AddressForm())


@bp.post("/password-reset")
def send_reset() -> Answer:
    """Send the link, if there is such an account; the answer is the same if there is none."""
    form = AddressForm()
    if not form.validate_on_submit():
        return _asking(form), 422
    email = form.email.data or ""
    try:
        throttling.count_reset(email)
    except throttling.TooManyAttempts as error:
        form.form_errors = [str(error.message)]
        return _asking(form), error.status
    with transaction():
        account = queries.by_email(email)
        if account is not None and account.is_active and not account.is_invited:
            actions.send_reset(account)
    return redirect(url_for(".reset_sent"), 303)


@bp.get("/password-reset/sent")
def reset_sent() -> str:
    """Where to look for the link."""
    sends = current_app.extensions["settings"].smtp_url is not None
    return render_template("accounts/reset_sent.html", sends=sends)


def _asking(form: AddressForm) -> str:
    return render_template("accounts/ask_for_reset.html", form=form)


@bp.route("/password-reset/<secret>", methods=["GET", "POST"])
def reset(secret: str) -> Answer:
    """Choose another password."""
    return _choose(secret, Purpose.RESET)


@bp.route("/invitation/<secret>", methods=["GET", "POST"])
def accept(secret: str) -> Answer:
    """Accept an invitation by choosing a password."""
    return _choose(secret, Purpose.INVITATION)


def _choose(secret: str, purpose: Purpose) -> Answer:
    account = links.account_of(secret, purpose)
    form = PasswordForm()
    if not form.validate_on_submit():
        page = render_template(
            "accounts/choose_password.html",
            form=form,
            account=account,
            is_invitation=purpose is Purpose.INVITATION,
        )
        return page, 422 if form.is_submitted() else 200
    return _chosen(secret, purpose, form.new_password.data or "")


def _chosen(secret: str, purpose: Purpose, password: str) -> Response:
    hash = passwords.hashed(password)
    with transaction():
        account = links.account_of(secret, purpose, hold=True)
        actions.choose_password(account, hash)
    sessions.begin(account, stay=True)
    flash(_("Your password is set, and you are signed in."))
    target = "accounts.profile" if purpose is Purpose.INVITATION else "events.home"
    return redirect(url_for(target), 303)
