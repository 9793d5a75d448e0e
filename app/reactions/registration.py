"""What the application needs from reactions."""

from flask import Flask

from app.accounts import own_data
from app.forums import parts
from app.forums.parts import PostPart
from app.reactions import broadcasts, permissions, queries  # noqa: F401
from app.reactions.models import ICONS, WORDS
from app.reactions.own_data import part
from app.reactions.routes import bp


def register(app: Flask) -> None:
    """Attach the route, and the part of a post."""
    own_data.register(part)
    parts.register(
        PostPart(
            "reactions",
            "reactions/_counts.html",
            queries.counts_of,
            own=broadcasts.own_marks,
            looks=lambda counts: tuple(counts.items()),
            place=90,
        )
    )
    app.jinja_env.globals.update(reaction_words=WORDS, reaction_icons=ICONS)
    app.register_blueprint(bp)
