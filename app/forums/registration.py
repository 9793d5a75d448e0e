"""What the application needs from forums."""

from flask import Flask

from app.events import cards, frame, own_data
from app.events.cards import CardKind
from app.forums import broadcasts, permissions, subscriptions  # noqa: F401
from app.forums.models import Post
from app.forums.own_data import part
from app.forums.routes import bp


def register(app: Flask) -> None:
    """Attach the routes, the card and the marks."""
    cards.register(CardKind("post", Post, lambda post: (post.thread.channel,)))
    own_data.register(part)
    frame.register_personal(broadcasts.marks, broadcasts.own_context)
    app.register_blueprint(bp)
