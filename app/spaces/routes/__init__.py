"""The routes of spaces, a file for each occasion."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("spaces", __name__)
Answer = str | Response | tuple[str, int]

from app.spaces.routes import (  # noqa: E402
    acceptance,
    administration,
    front,
    invitations,
    joining,
    people,
    programme,
    requests,
    settings,
)

__all__ = [
    "Answer",
    "acceptance",
    "administration",
    "bp",
    "front",
    "invitations",
    "joining",
    "people",
    "programme",
    "requests",
    "settings",
]
