"""The routes of discussions: a file for posts, for threads, for forums, and for what was read."""

from flask import Blueprint

bp = Blueprint("forums", __name__)

from app.forums.routes import forums, posts, reading, threads  # noqa: E402

__all__ = ["bp", "forums", "posts", "reading", "threads"]
