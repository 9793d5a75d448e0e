"""Signing in and out."""

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import actions, participations, passwords, queries, sessions, throttling
from app.accounts.forms import SignInForm
from app.accounts.models import Account
from app.accounts.permissions import signed_in
from app.accounts.routes import Answer, bp
from app.addresses import local_path
from app.database import locked, transaction
from app.extensions import db


@bp.get("/sign-in")
def sign_in() -> Answer:
    """A field for the address and one for the password."""
    if current_user.is_authenticated:
        return redirect(_next())
    return _page(SignInForm(email=request.args.get("email", "")))


@bp.post("/sign-in")
def enter() -> Answer:
    """Sign in; the answer does not tell whether the address has an account."""
    form = SignInForm()
    if not form.validate_on_submit():
        return _page(form), 422
    email, password = form.email.data or "", form.password.data or ""
    try:
        throttling.count_attempt(email)
    except throttling.TooManyAttempts as error:
        form.form_errors = [str(error.message)]
        answer = make_response(_page(form), error.status)
        answer.headers["Retry-After"] = str(error.retry_after)
        return answer
    account = _known(email, password)
    if account is None:
        throttling.count_failure()
        form.form_errors = [_("This mail address and this password do not belong together.")]
        return _page(form), 422
    throttling.forget_attempts(email)
    sessions.begin(account, stay=bool(form.stay.data))
    return redirect(_next(), 303)


def _known(email: str, password: str) -> Account | None:
    """Who this is; nothing is held in the database while the password is looked at."""
    account = queries.by_email(email)
    hash = account.password_hash if account is not None and account.is_active else None
    db.session.rollback()
    if not passwords.fits(password, hash) or account is None or hash is None:
        return None
    if passwords.is_outdated(hash):
        fresh = passwords.hashed(password)
        with transaction():
            actions.refresh_hash(locked(Account, account.id), hash, fresh)
    return account


@bp.post("/sign-out")
def sign_out() -> Response:
    """Sign out on this device; what this account's pages hear is decided anew."""
    if current_user.is_authenticated:
        account = signed_in()
        sessions.end()
        with transaction():
            participations.reconnect(account)
    return redirect(url_for("events.home"), 303)


def _page(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, next=_next())


def _next() -> str:
    """Where somebody was going before they had to sign in: a page of this server."""
    return local_path(request.values.get("next"), otherwise=url_for("events.home"))
