"""The routes of forums' reports, and of requests with their answers."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("requests", __name__)
Answer = str | Response | tuple[str, int]

from app.requests.routes import answering, archiving, listing, reporting  # noqa: E402

__all__ = ["Answer", "answering", "archiving", "bp", "listing", "reporting"]
