"""What the application needs from accounts."""

from flask import Flask, redirect, request, url_for
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response

from app.accounts import administration, broadcasts, sessions  # noqa: F401
from app.accounts.commands import accounts
from app.accounts.forms import STANDING_NAMES
from app.accounts.routes import bp
from app.errors import NeedsSignIn
from app.extensions import login


def register(app: Flask) -> None:
    """Attach the routes, the commands, and the way from a session to an account."""
    app.register_blueprint(bp)
    app.cli.add_command(accounts)
    administration.register("accounts.people", _l("People"), 0)
    app.jinja_env.globals["standing_names"] = STANDING_NAMES
    app.jinja_env.globals["administration_pages"] = administration.pages
    login.login_view = "accounts.sign_in"
    login.user_loader(sessions.load)
    login.unauthorized_handler(unauthorized)


def unauthorized() -> Response:
    """A page leads to the sign-in and back again; a form that was sent keeps its text."""
    if request.method in ("GET", "HEAD"):
        here = request.full_path.rstrip("?")
        return redirect(url_for("accounts.sign_in", next=here))
    raise NeedsSignIn(_l("Please sign in first."))
