"""The commands of `flask --app wsgi`, beside those that features bring."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Attach the commands."""
