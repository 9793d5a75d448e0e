"""The embedded server: one process, one command."""

import logging
import sys
from typing import Any

from flask import Flask

from app import clockwork
from app.demo.greeting import greeting
from app.demo.sample import make_sample
from app.extensions import alembic, socketio


def serve(app: Flask) -> None:
    """Bring the database up to date, start the background, and serve until stopped."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    for name in ("alembic", "geventwebsocket.handler"):  # the latter would log personal links
        logging.getLogger(name).setLevel(logging.WARNING)
    settings = app.extensions["settings"]
    with app.app_context():
        alembic.upgrade()
        if settings.is_sqlite:
            make_sample(settings.instance)
        welcome = greeting(settings.instance)
    start_background(app)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # not all draw blocks
    print(welcome, flush=True)
    try:
        socketio.run(app, host=settings.host, port=settings.port, log_output=False)
    except OSError as error:
        sys.exit(f"dialograum: cannot listen on {settings.host}:{settings.port}: {error.strerror}")
    except KeyboardInterrupt:
        print()


def start_background(app: Flask) -> None:
    """Start what runs beside the requests of this process."""
    publisher: Any = app.extensions["publisher"]
    redis_url = app.extensions["settings"].redis_url
    if redis_url:
        publisher.connect_processes(redis_url)
    socketio.start_background_task(publisher.run)
    socketio.start_background_task(clockwork.run, app, socketio)
