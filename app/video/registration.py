"""What the application needs from video calls."""

from flask import Flask

from app.video import permissions  # noqa: F401
from app.video.routes import bp
from app.video.servers import video_host


def register(app: Flask) -> None:
    """Attach the route, and tell templates whether there are calls."""
    app.jinja_env.globals["video_host"] = video_host
    app.register_blueprint(bp)
