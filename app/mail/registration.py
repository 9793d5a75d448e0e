"""What the application needs from mail."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accounts import administration
from app.mail import delivery  # noqa: F401
from app.mail.routes import bp


def register(app: Flask) -> None:
    """Attach the outbox; the postman's rounds begin with the server."""
    administration.register("mail.outbox", _l("Sent mail"), 90)
    app.register_blueprint(bp)
