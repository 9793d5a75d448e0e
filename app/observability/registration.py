"""What the application needs from observability."""

from flask import Flask
from flask_socketio import SocketIO

from app.observability import following, log, requests
from app.observability.lag import LoopLag
from app.observability.readiness import Readiness
from app.observability.routes import bp

__all__ = ["following", "register", "start"]


def register(app: Flask) -> None:
    """Attach the addresses, and what watches requests."""
    app.register_blueprint(bp)
    requests.init_app(app)
    app.extensions["readiness"] = Readiness(app)


def start(app: Flask, socketio: SocketIO) -> None:
    """Begin to write the log, and to measure how late the event loop is."""
    log.begin(app.extensions["settings"].log_format)
    socketio.start_background_task(LoopLag().run, socketio.sleep)
