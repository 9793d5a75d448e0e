"""Links to the built scripts, styles and images, by the names that carry their content's hash."""

import json
import mimetypes
import time
from pathlib import Path

from flask import Flask, Response, request, send_from_directory, url_for

LONG = 365 * 24 * 3600
LOOK = 1.0  # seconds after which a new build is noticed
BUILT = "dist/"
# What the build has compressed, best first; browsers name the first over HTTPS only.
COMPRESSED = (("br", ".br"), ("gzip", ".gz"))


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
            self._read_if_new()
            self._look_at = time.monotonic() + LOOK
        if name not in self._urls:
            raise KeyError(f"{name} is not among the built assets; run `make assets`")
        return self._urls[name]

    def _read_if_new(self) -> None:
        written_at = self.manifest.stat().st_mtime if self.manifest.exists() else 0.0
        if written_at != self._read_at:
            names = json.loads(self.manifest.read_text())
            self._urls = {
                name: url_for("static", filename=BUILT + built) for name, built in names.items()
            }
            self._read_at = written_at


def init_app(app: Flask) -> None:
    """Give templates `asset()`, send assets compressed, and let browsers keep them for good."""
    folder = Path(str(app.static_folder))
    app.jinja_env.globals["asset"] = Assets(folder / BUILT).url

    def send(filename: str) -> Response:
        return _compressed(folder, filename) or app.send_static_file(filename)

    app.view_functions["static"] = send

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint != "static" or not request.path.startswith(f"/static/{BUILT}"):
            return response
        response.vary.add("Accept-Encoding")
        if response.status_code < 400:  # a "not modified" may say so, too
            response.cache_control.max_age = LONG
            response.cache_control.public = True
            response.cache_control.immutable = True
            response.cache_control.no_cache = None
        return response


def _compressed(folder: Path, filename: str) -> Response | None:
    """The asset in the best form that the browser takes and the build has made."""
    for encoding, suffix in COMPRESSED if filename.startswith(BUILT) else ():
        if request.accept_encodings[encoding] and (folder / (filename + suffix)).is_file():
            kind = mimetypes.guess_type(filename)[0]
            response = send_from_directory(folder, filename + suffix, mimetype=kind)
            response.content_encoding = encoding
            return response
    return None
