"""What the application needs from results."""

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l

from app.events import frame, steps
from app.results.routes import bp
from app.results.steps import plenum


def register(app: Flask) -> None:
    """Attach the page, its tab and the step."""
    steps.register(plenum)
    frame.register_tab(
        frame.Tab(
            _l("Results"), "results", lambda event: url_for("results.show", code=event.code), 60
        )
    )
    app.register_blueprint(bp)
