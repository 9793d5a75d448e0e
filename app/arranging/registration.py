"""What the application needs for the order of threads."""

from flask import Flask

from app.accounts import own_data
from app.arranging import broadcasts, permissions  # noqa: F401
from app.arranging.own_data import part
from app.arranging.routes import bp


def register(app: Flask) -> None:
    """Attach the routes, and what is a person's own."""
    own_data.register(part)
    app.register_blueprint(bp)
