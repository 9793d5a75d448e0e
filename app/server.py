"""The embedded server: one process, one command."""

import gc
import logging
import os
import signal
import sys
from typing import Any

import gevent
from flask import Flask
from gevent.pool import Pool
from gevent.pywsgi import WSGIServer

import logs
from app import clockwork, database
from app.demo.greeting import greeting
from app.demo.sample import make_sample
from app.draining import drain, is_draining
from app.extensions import alembic, db, socketio
from app.observability import registration as observability

BACKLOG = 4096  # connections that wait to be taken: refused by the system, they cost seconds
TAKEN_AT_ONCE = 25  # of these, before anybody else gets on
GRACE = 1.0  # seconds for what is in hand when the server is told to stop


def serve(app: Flask) -> None:
    """Bring the database up to date, start the background, and serve until stopped."""
    settings = app.extensions["settings"]
    logs.configure(settings.log_format)
    with app.app_context():
        alembic.upgrade()
        if settings.is_sqlite:
            make_sample(settings.instance)
        welcome = greeting(settings.instance)
    start_background(app)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # not all draw blocks
    print(welcome, flush=True)
    log = logging.getLogger("gevent.pywsgi")
    place = (settings.host, settings.port)
    server = WSGIServer(place, app, backlog=BACKLOG, log=None, error_log=log, spawn=Pool())
    server.max_accept = TAKEN_AT_ONCE
    for number in (signal.SIGINT, signal.SIGTERM):
        gevent.signal_handler(number, _end, app, server)
    try:
        server.serve_forever()
    except OSError as error:
        sys.exit(f"dialograum: cannot listen on {settings.host}:{settings.port}: {error.strerror}")


def _end(app: Flask, server: WSGIServer) -> None:
    """Finish what is in hand. Python's own way would be a KeyboardInterrupt in whatever greenlet
    happens to run: requests would break off, and a worker of Huey's takes it for its own.
    """
    if is_draining(app):
        os._exit(1)  # told twice
    server.stop_accepting()
    gevent.with_timeout(GRACE, drain, app, timeout_value=None)
    server.stop(timeout=GRACE)
    gc.freeze()  # Python's last look through all that is there would take longer than all this


def start_background(app: Flask) -> None:
    """Start what runs beside the requests of this process."""
    observability.start(app, socketio)
    with app.app_context():
        database.bound_statements(db.engine)
    publisher: Any = app.extensions["publisher"]
    redis_url = app.extensions["settings"].redis_url
    if redis_url:
        publisher.connect_processes(redis_url)
    if app.extensions["settings"].jobs == "inside":
        app.extensions["jobs"].run_beside()
    socketio.start_background_task(publisher.run)
    socketio.start_background_task(clockwork.run, app, socketio)
