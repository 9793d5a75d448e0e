"""The routes of accounts, a file for each occasion."""

from flask import Blueprint
from werkzeug.wrappers import Response

bp = Blueprint("accounts", __name__)
Answer = str | Response | tuple[str, int]

from app.accounts.routes import access, passwords, people, profile, signing  # noqa: E402

__all__ = ["Answer", "access", "bp", "passwords", "people", "profile", "signing"]
