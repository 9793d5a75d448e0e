"""The embedded server: one process, one command."""

import logging
import sys
from typing import Any

from flask import Flask

from app import clockwork
from app.addresses import public_root
from app.extensions import alembic, socketio


def serve(app: Flask) -> None:
    """Bring the database up to date, start the background, and serve until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    settings = app.extensions["settings"]
    with app.app_context():
        alembic.upgrade()
        greeting = f"Dialograum is at {public_root()}"
    start_background(app)
    print(greeting, flush=True)
    try:
        socketio.run(app, host=settings.host, port=settings.port, log_output=False)
    except OSError as error:
        sys.exit(f"dialograum: cannot listen on {settings.host}:{settings.port}: {error.strerror}")
    except KeyboardInterrupt:
        print()


def start_background(app: Flask) -> None:
    """Start what runs beside the requests of this process."""
    publisher: Any = app.extensions["publisher"]
    socketio.start_background_task(publisher.run)
    socketio.start_background_task(clockwork.run, app, socketio)
