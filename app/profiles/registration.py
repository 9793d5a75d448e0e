"""What the application needs from profiles."""

from flask import Flask

from app.profiles.routes import bp


def register(app: Flask) -> None:
    """Attach the route."""
    app.register_blueprint(bp)
