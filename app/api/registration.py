"""What the application needs from the API."""

from flask import Flask
from werkzeug.routing import IntegerConverter

from app.api.bodies import MOST_ID
from app.api.cookies import WithoutCookies
from app.api.routes import bp
from app.extensions import csrf


class IdConverter(IntegerConverter):
    """An id in a path: a number that a database can look for."""

    def __init__(self, map: object) -> None:
        super().__init__(map, min=1, max=MOST_ID)  # type: ignore[arg-type]


def register(app: Flask) -> None:
    """Attach the calls, which need no token against forgery since no cookie reaches them."""
    app.url_map.converters["id"] = IdConverter
    app.wsgi_app = WithoutCookies(app.wsgi_app)  # type: ignore[method-assign]
    csrf.exempt(bp)
    app.register_blueprint(bp)
