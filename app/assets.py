"""Links to the built scripts, styles and images, by the names that carry their content's hash."""

import json
import time
from pathlib import Path

from flask import Flask, Response, request, url_for

LONG = 365 * 24 * 3600


LOOK = 1.0  # seconds after which a new build is noticed


class Assets:
    """The manifest that the build wrote, read again when it changes."""

    def __init__(self, folder: Path) -> None:
        self.manifest = folder / "manifest.json"
        self._urls: dict[str, str] = {}
        self._read_at = 0.0
        self._look_at = 0.0

    def url(self, name: str) -> str:
        """The address of an asset; raises `KeyError` with a hint when it was never built."""
        if time.monotonic() >= self._look_at:
            self._look_at = time.monotonic() + LOOK
            self._read_if_new()
        if name not in self._urls:
            raise KeyError(f"{name} is not among the built assets; run `make assets`")
        return self._urls[name]

    def _read_if_new(self) -> None:
        written_at = self.manifest.stat().st_mtime if self.manifest.exists() else 0.0
        if written_at != self._read_at:
            names = json.loads(self.manifest.read_text())
            self._urls = {
                name: url_for("static", filename=f"dist/{built}") for name, built in names.items()
            }
            self._read_at = written_at


def init_app(app: Flask) -> None:
    """Give templates `asset()`, and browsers leave to keep what will never change."""
    assets = Assets(Path(str(app.static_folder)) / "dist")
    app.jinja_env.globals["asset"] = assets.url

    @app.after_request
    def keep(response: Response) -> Response:
        if request.path.startswith("/static/dist/") and response.status_code == 200:
            response.cache_control.max_age = LONG
            response.cache_control.public = True
            response.cache_control.immutable = True
            response.cache_control.no_cache = None
        return response
