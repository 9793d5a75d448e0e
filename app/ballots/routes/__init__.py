"""The routes of ballots, a file for each role."""

from flask import Blueprint

bp = Blueprint("ballots", __name__)

from app.ballots.routes import leading, voting  # noqa: E402

__all__ = ["bp", "leading", "voting"]
