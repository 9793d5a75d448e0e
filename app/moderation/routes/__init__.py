"""The routes of moderation: report, decide, hide, and read the log."""

from flask import Blueprint

bp = Blueprint("moderation", __name__)

from app.moderation.routes import hiding, reporting, reviewing  # noqa: E402

__all__ = ["bp", "hiding", "reporting", "reviewing"]
