"""What the application needs from claims."""

from flask import Flask

from app.claims.routes import bp, offers


def register(app: Flask) -> None:
    """Attach the routes, and what pages ask."""
    app.jinja_env.globals["claim_offers"] = offers
    app.register_blueprint(bp)
