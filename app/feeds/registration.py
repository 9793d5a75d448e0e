"""What the application needs from feeds."""

from flask import Flask

from app.accounts import own_data
from app.feeds.own_data import part
from app.feeds.routes import bp


def register(app: Flask) -> None:
    """Attach the routes."""
    own_data.register(part)
    app.register_blueprint(bp)
