"""What the application needs from municipalities."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from app.accounts import administration
from app.municipalities.routes import bp


def register(app: Flask) -> None:
    """Attach the routes."""
    administration.register("municipalities.index", _l("Municipalities"), 10)
    app.register_blueprint(bp)
