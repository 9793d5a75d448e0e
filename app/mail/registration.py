"""What the application needs from mail."""

from flask import Flask

from app.mail import delivery  # noqa: F401
from app.mail.routes import bp


def register(app: Flask) -> None:
    """Attach the outbox; the postman's rounds begin with the server."""
    app.register_blueprint(bp)
