"""Every request but those of sockets: its id, its line in the log, its time."""

import logging
import re
import secrets
import time
from typing import Any

from flask import Flask, request, request_started
from werkzeug.routing import Rule

import logs
from app.observability import metrics

SOCKETS = "/socket.io"
HEADER = "X-Request-ID"
LOOKS_LIKE_ONE = re.compile(r"[0-9a-fA-F-]{8,64}")  # a UUID, or nginx's own
METHODS = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
REFUSALS = frozenset({"429", "503", "507"})
SEEN = "dialograum.seen"  # in the request's environment, of which others make copies
NONE = "none"  # what no route has answered
OURS = "observability."  # asked every few seconds, which would fill the log

log = logging.getLogger(logs.REQUESTS)


class Observed:
    """Middleware around everything else, which sees what each request becomes in the end."""

    def __init__(self, application: Any) -> None:
        self.application = application

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Pass the request on; what is long by nature, a socket's request, is not looked at."""
        if environ.get("PATH_INFO", "").startswith(SOCKETS):
            return self.application(environ, start_response)
        seen = environ[SEEN] = _Seen(start_response, request_id(environ))
        token = logs.request_id.set(seen.id)
        metrics.requests_in_flight.inc()
        try:
            return self.application(environ, seen.start)
        finally:
            metrics.requests_in_flight.dec()
            _tell(environ["REQUEST_METHOD"], seen)
            logs.request_id.reset(token)


class _Seen:
    """What becomes of a request: its route, its status; its answer carries its id."""

    route: Rule | None = None

    def __init__(self, start_response: Any, id: str) -> None:
        self.start_response, self.id = start_response, id
        self.status = "500"
        self.began_at = time.perf_counter()

    def start(self, status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        """Stand between the application and the server, as WSGI has it."""
        self.status = status[:3]
        return self.start_response(status, [*headers, (HEADER, self.id)], *rest)


def init_app(app: Flask) -> None:
    """Remember what each request was matched with, and log failures without their addresses."""
    request_started.connect(_remember_route, app)
    app.log_exception = _log_exception  # type: ignore[method-assign]


def request_id(environ: dict[str, Any]) -> str:
    """The id that a proxy has given, or a new one."""
    given = environ.get("HTTP_X_REQUEST_ID", "")
    return given if LOOKS_LIKE_ONE.fullmatch(given) else secrets.token_hex(8)


def _remember_route(_app: Flask, **_extra: Any) -> None:
    if SEEN in request.environ:
        request.environ[SEEN].route = request.url_rule


def _log_exception(exc_info: Any) -> None:
    log.error("a request failed", exc_info=exc_info)


def _tell(method: str, seen: _Seen) -> None:
    seconds = time.perf_counter() - seen.began_at
    endpoint = seen.route.endpoint if seen.route else NONE
    metrics.request_seconds.labels(endpoint, f"{seen.status[0]}xx").observe(seconds)
    if seen.status in REFUSALS:
        metrics.refusals.labels(endpoint, seen.status).inc()
    if not endpoint.startswith(OURS):
        _log(method, seen, seconds)


def _log(method: str, seen: _Seen, seconds: float) -> None:
    level = logging.WARNING if seen.status[0] == "5" else logging.INFO
    if log.isEnabledFor(level):
        fields = {
            "method": method if method in METHODS else "other",
            "rule": seen.route.rule if seen.route else NONE,
            "status": int(seen.status),
            "ms": round(seconds * 1000, 1),
        }
        log.log(level, "request", extra={"fields": fields})
