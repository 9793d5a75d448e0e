"""The routes of breakout rounds: into the rooms, what is written there, and who leads them."""

from flask import Blueprint

bp = Blueprint("breakouts", __name__)

from app.breakouts.routes import leading, reporting, rooms, writing  # noqa: E402

__all__ = ["bp", "leading", "reporting", "rooms", "writing"]
