"""Middleware: requests take turns, and what is too much is sent away before any work is done.

It stands outside of all, costs microseconds, and needs no database to say no. Sockets, static
files and what operators ask for take no turns.
"""

import io
from typing import Any

from flask import Flask, Response

from app import failures, security
from app.errors import Busy
from app.languages import language_asked_for
from app.responses import STREAMS
from app.turns import Turns
from config import MEGABYTE

FREE = ("/socket.io", "/static/", "/health", "/ready", "/metrics")
PAGE, STREAM, CALL, FORM = "page", "stream", "call", "form"
MANY = 5000  # browsers whose language is kept in mind
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Environment = dict[str, Any]


class Overload:
    """Lets in as much as can be worked at, and answers everything else with 503."""

    def __init__(self, application: Any, app: Flask, turns: Turns) -> None:
        self.application = application
        self.app = app
        self.turns = turns
        self._made: dict[tuple[str, str, int | None], Response] = {}
        self._languages: dict[tuple[str, str], str] = {}

    def __call__(self, environ: Environment, start_response: Any) -> Any:
        """Take a turn for the request, or say when to come again."""
        if environ["PATH_INFO"].startswith(FREE):
            return self.application(environ, start_response)
        try:
            with self._turn(environ):
                return self.application(environ, start_response)
        except Busy as error:
            return self._refuse(error, environ)(environ, start_response)

    def _turn(self, environ: Environment) -> Any:
        if environ["REQUEST_METHOD"] in SAFE:
            return self.turns.take(self.turns.pages)
        if _is_large(environ):
            return self.turns.upload()
        _read_beforehand(environ)
        return self.turns.take(self.turns.submissions)

    def _refuse(self, error: Busy, environ: Environment) -> Response:
        """What was typed without a script comes back; all others get what is made already."""
        kind = _kind(environ)
        if kind == FORM:
            return self._answer(error, environ)
        key = kind, self._language(environ), error.retry_after
        if key not in self._made:
            self._made[key] = self._answer(error, environ)
        return self._made[key]

    def _answer(self, error: Busy, environ: Environment) -> Response:
        with self.app.request_context(environ):
            response: Response = failures.answer(error)
            response.headers["Cache-Control"] = "no-store"
            return security.protect(response)

    def _language(self, environ: Environment) -> str:
        asked = environ.get("HTTP_COOKIE", ""), environ.get("HTTP_ACCEPT_LANGUAGE", "")
        if asked not in self._languages:
            if len(self._languages) > MANY:
                self._languages.clear()
            with self.app.request_context(environ):
                self._languages[asked] = language_asked_for()
        return self._languages[asked]


def _kind(environ: Environment) -> str:
    if environ["PATH_INFO"].startswith("/api/"):
        return CALL
    if environ["REQUEST_METHOD"] in SAFE:
        return PAGE
    return STREAM if STREAMS in environ.get("HTTP_ACCEPT", "") else FORM


def _is_large(environ: Environment) -> bool:
    """Whether it brings files, or does not say how much it brings."""
    length = environ.get("CONTENT_LENGTH") or "0"
    return "HTTP_TRANSFER_ENCODING" in environ or not length.isdecimal() or int(length) > MEGABYTE


def _read_beforehand(environ: Environment) -> None:
    """Whoever sends slowly holds nobody up: a turn begins when all is here."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    if not length:
        return
    try:
        body = environ["wsgi.input"].read(length)
    except OSError:  # they have gone while they sent
        body = b""
    environ["wsgi.input"] = io.BytesIO(body)
