"""The routes of flash polls: what participants send, and what moderators do."""

from flask import Blueprint

bp = Blueprint("livepolls", __name__)

from app.livepolls.board import routes as sorting  # noqa: E402
from app.livepolls.routes import leading, polls, voicing  # noqa: E402

__all__ = ["bp", "leading", "polls", "sorting", "voicing"]
