"""The routes of proposals: proposing, supporting, merging, flagging, answering, wordings."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("proposals", __name__)
Answer = str | Response | tuple[str, int]

from app.proposals.routes import (  # noqa: E402
    answering,
    flagging,
    merging,
    proposing,
    supporting,
    versions,
)

__all__ = ["answering", "bp", "flagging", "merging", "proposing", "supporting", "versions"]
