"""The routes by which threads are put in order."""

from flask import Blueprint

bp = Blueprint("arranging", __name__)

from app.arranging.routes import regrouping, settling, tagging, versions  # noqa: E402

__all__ = ["bp", "regrouping", "settling", "tagging", "versions"]
