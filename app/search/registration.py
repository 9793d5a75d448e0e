"""What the application needs from the search."""

from flask import Flask

from app.search import file_texts, following, moving, schema  # noqa: F401
from app.search.commands import search
from app.search.routes import bp
from app.search.sources import (  # noqa: F401
    carried,
    notes,
    polls,
    proposals,
    questions,
    replies,
    rooms,
    spaces,
)


def register(app: Flask) -> None:
    """Attach the page and the commands; migrations leave the shadows of full text alone."""
    app.config["ALEMBIC_CONTEXT"]["include_object"] = schema.is_ours
    app.cli.add_command(search)
    app.register_blueprint(bp)
