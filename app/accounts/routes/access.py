"""Personal access tokens, with which scripts act for an account."""

from flask import make_response, redirect, url_for
from flask_login import login_required
from werkzeug.wrappers import Response

from app.accounts import actions
from app.accounts.forms import TokenForm
from app.accounts.permissions import signed_in
from app.accounts.queries import token_of
from app.accounts.routes import Answer, bp
from app.accounts.routes.profile import page
from app.database import transaction


@bp.post("/profile/tokens")
@login_required
def create_token() -> Answer:
    """A new token, whose secret is shown this once."""
    form = TokenForm()
    if not form.validate_on_submit():
        return page(token=form), 422
    with transaction():
        secret = actions.create_token(signed_in(), form.token_name.data or "")
    answer = make_response(page(secret=secret))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.delete("/profile/tokens/<shown>")
@login_required
def revoke_token(shown: str) -> Response:
    """Make one of my tokens worthless."""
    with transaction():
        actions.revoke_token(token_of(signed_in(), shown))
    return redirect(url_for(".profile", _anchor="access"), 303)
