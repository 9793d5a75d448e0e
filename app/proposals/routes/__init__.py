"""The routes of proposals: a file for proposing, and one for answering."""

from flask import Blueprint

bp = Blueprint("proposals", __name__)

from app.proposals.routes import answering, proposing  # noqa: E402

__all__ = ["answering", "bp", "proposing"]
