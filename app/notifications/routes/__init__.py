"""The routes of notifications."""

from flask import Blueprint, Response
from werkzeug.wrappers import Response as AnyResponse

bp = Blueprint("notifications", __name__)
Answer = str | AnyResponse | Response | tuple[str, int]

from app.notifications.routes import links, listing, settings  # noqa: E402

__all__ = ["Answer", "bp", "links", "listing", "settings"]
