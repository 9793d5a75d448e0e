"""The routes of flash polls: what participants send, and what moderators sort."""

from flask import Blueprint

bp = Blueprint("livepolls", __name__)

from app.livepolls.routes import sorting, voicing  # noqa: E402

__all__ = ["bp", "sorting", "voicing"]
