"""The routes of breakout rounds: into the rooms, what is written there, and who leads them."""

from flask import Blueprint

bp = Blueprint("breakouts", __name__)

from app.breakouts.routes import (  # noqa: E402
    attendance,
    calls,
    choosing,
    duties,
    leading,
    moving,
    naming,
    planning,
    preparing,
    reporting,
    rooms,
    seating,
    talking,
    timing,
    writing,
)

__all__ = [
    "attendance",
    "bp",
    "calls",
    "choosing",
    "duties",
    "leading",
    "moving",
    "naming",
    "planning",
    "preparing",
    "reporting",
    "rooms",
    "seating",
    "talking",
    "timing",
    "writing",
]
