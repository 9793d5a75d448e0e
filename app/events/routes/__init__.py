"""The routes of events, a file for each place where people stand."""

from flask import Blueprint

bp = Blueprint("events", __name__)

from app.events.routes import agenda, cockpit, joining, live, me, people, screen  # noqa: E402

__all__ = ["agenda", "bp", "cockpit", "joining", "live", "me", "people", "screen"]
