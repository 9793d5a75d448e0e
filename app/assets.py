"""Links to the built scripts, styles and images, by the names that carry their content's hash."""

import json
from pathlib import Path

from flask import Flask, Response, request, url_for

LONG = 365 * 24 * 3600


class Assets:
    """The manifest that the build wrote, read again when it changes."""

    def __init__(self, folder: Path) -> None:
        self.manifest = folder / "manifest.json"
        self._names: dict[str, str] = {}
        self._read_at = 0.0

    def url(self, name: str) -> str:
        """The address of an asset; raises `KeyError` with a hint when it was never built."""
        written_at = self.manifest.stat().st_mtime if self.manifest.exists() else 0.0
        if written_at != self._read_at:
            self._names = json.loads(self.manifest.read_text())
            self._read_at = written_at
        if name not in self._names:
            raise KeyError(f"{name} is not among the built assets; run `make assets`")
        return url_for("static", filename=f"dist/{self._names[name]}")


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
