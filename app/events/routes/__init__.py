"""The routes of events, a file for each place where people stand."""

from flask import Blueprint

bp = Blueprint("events", __name__)

from app.events.routes import (  # noqa: E402
    agenda,
    at_once,
    calendar,
    cockpit,
    joining,
    live,
    me,
    people,
    remote,
    screen,
)

__all__ = [
    "agenda",
    "at_once",
    "bp",
    "calendar",
    "cockpit",
    "joining",
    "live",
    "me",
    "people",
    "remote",
    "screen",
]
