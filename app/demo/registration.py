"""What the application needs from the sample."""

from flask import Flask

from app.demo.commands import demo


def register(app: Flask) -> None:
    """Attach the commands."""
    app.cli.add_command(demo)
