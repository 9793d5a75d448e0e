"""What the application needs from exports."""

from flask import Flask

from app.exporting import permissions  # noqa: F401
from app.exporting.routes import bp


def register(app: Flask) -> None:
    """Attach the route."""
    app.register_blueprint(bp)
