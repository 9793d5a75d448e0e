"""What the application needs from the API."""

from flask import Flask

from app.api.cookies import WithoutCookies
from app.api.routes import bp
from app.extensions import csrf


def register(app: Flask) -> None:
    """Attach the calls, which need no token against forgery since no cookie reaches them."""
    app.wsgi_app = WithoutCookies(app.wsgi_app)  # type: ignore[method-assign]
    csrf.exempt(bp)
    app.register_blueprint(bp)
