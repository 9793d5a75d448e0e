"""One's own account: profile, password, data, and its end."""

from flask import (
    Response,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    send_file,
    session,
    url_for,
)
from flask_babel import gettext as _
from flask_login import login_required
from wtforms import PasswordField

from app.accounts import actions, own_data, passwords, sessions, throttling
from app.accounts.forms import (
    ChangePasswordForm,
    DeletionForm,
    ProfileForm,
    TokenForm,
)
from app.accounts.models import Account
from app.accounts.permissions import signed_in
from app.accounts.queries import SHOWN, tokens_of
from app.accounts.routes import Answer, bp
from app.database import locked, transaction
from app.errors import Refused
from app.extensions import db
from app.forms import Form
from app.limits import KEEPING, limited
from app.offload import run_aside


@bp.get("/profile")
@login_required
def profile() -> Answer:
    """What others see of me, and how I come in."""
    return page()


def page(
    *,
    profile: Form | None = None,
    password: Form | None = None,
    token: Form | None = None,
    secret: str | None = None,
) -> str:
    """The whole page, with the form that has been sent."""
    account = signed_in()
    return render_template(
        "accounts/profile.html",
        account=account,
        tokens=tokens_of(account),
        shown=SHOWN,
        secret=secret,
        token_form=token or TokenForm(formdata=None),
        password_form=password or ChangePasswordForm(formdata=None),
        profile_form=profile or _profile_form(account),
    )


def _profile_form(account: Account) -> ProfileForm:
    return ProfileForm(
        formdata=None,
        name=account.name,
        function=account.function,
        help_with=account.help_with,
        municipality=str(account.municipality_id or ""),
        language=account.language,
    )


@bp.post("/profile")
@login_required
def change_profile() -> Answer:
    """Change what others see, and the language."""
    form = ProfileForm()
    if not form.validate_on_submit():
        return page(profile=form), 422
    with transaction():
        account = locked(Account, signed_in().id)
        if form.language.data != account.language:
            session.pop("language", None)  # what was chosen on this device is older
        actions.change_profile(
            account,
            name=form.name.data,
            function=form.function.data or "",
            help_with=form.help_with.data or "",
            municipality_id=form.municipality_id,
            language=form.language.data,
        )
    flash(_("Your profile is saved."))
    return redirect(url_for(".profile"), 303)


@bp.post("/profile/password")
@login_required
def change_password() -> Answer:
    """Choose another password; this device stays signed in, all others are signed out."""
    form = ChangePasswordForm()
    if not (form.validate_on_submit() and knows_password(form.password)):
        return page(password=form), 422
    hash = passwords.hashed(form.new_password.data or "")
    with transaction():
        account = locked(Account, signed_in().id)
        actions.choose_password(account, hash)
    sessions.renew(account)
    flash(_("Your password is changed. Other devices are signed out."))
    return redirect(url_for(".profile"), 303)


def knows_password(field: PasswordField) -> bool:
    """Whether somebody who is signed in knows the password too; the field says so if not."""
    account = signed_in()
    email, hash = account.email or "", account.password_hash
    db.session.rollback()
    try:
        throttling.count_attempt(email)
    except throttling.TooManyAttempts as error:
        field.errors = [str(error.message)]
        return False
    if passwords.fits(field.data or "", hash):
        throttling.forget_attempts(email)
        return True
    field.errors = [_("This is not your present password.")]
    return False


@bp.get("/profile/data.json")
@login_required
def export() -> Response:
    """All that is mine, to take along."""
    response = jsonify(own_data.export(signed_in()))
    response.headers["Content-Disposition"] = "attachment; filename=dialograum.json"
    return response


@bp.get("/profile/data.zip")
@login_required
@limited(KEEPING, "exports")
def export_all() -> Response:
    """All that is mine, with the files that I have added."""
    account = signed_in()
    data = current_app.json.dumps(own_data.export(account), indent=2)
    archive = run_aside(own_data.archived, data, list(own_data.files(account)))
    response = send_file(archive, "application/zip", True, "dialograum.zip")
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/profile/deletion")
@login_required
def deletion() -> Answer:
    """What deleting the account means."""
    return render_template("accounts/deletion.html", form=DeletionForm())


@bp.post("/profile/deletion")
@login_required
def delete_account() -> Answer:
    """Delete the account."""
    form = DeletionForm()
    if not (form.validate_on_submit() and knows_password(form.password)):
        return render_template("accounts/deletion.html", form=form), 422
    with transaction():
        account = locked(Account, signed_in().id)
        if not account.is_active:
            raise Refused
        actions.delete_account(
            account,
            keep_name=form.keep_name.data == "yes",
            keep_words=form.keep_words.data == "yes",
        )
    sessions.end()
    flash(_("Your account is deleted."))
    return redirect(url_for("events.home"), 303)
