"""How log lines are written: as text to read along, or as JSON for machines.

Neither holds personal data: an exception is told by its kind and its place, not by its own words,
which may be somebody's. This stands beside the application, since gunicorn's first process reads
it, which must not import the application: gevent has patched nothing there.
"""

import json
import logging
import logging.config
import time
from collections.abc import Iterator
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import Any

FORMATS = ("text", "json")
REQUESTS = "app.requests"  # the logger with one line per request
ROOT = Path(__file__).resolve().parent
PACKAGES = "site-packages"

# Their words name code, never what somebody has typed.
OF_THE_CODE = frozenset({"AttributeError", "ImportError", "NameError", "TypeError"})
# What befalls a server whose code is right; where it happened is said, but not on which way.
OF_THE_WEATHER = frozenset(
    {"OperationalError", "InterfaceError", "RedisError", "ConnectionError", "TimeoutError", "Busy"}
)

TRACEBACK = "Traceback (most recent call last):"
BELOW = ("/", "gevent/")  # the standard library, which has a path of its own
SOCKET_READERS = ("engineio/", "socketio/", "app/realtime/websocket.py", "wsproto/")

request_id: ContextVar[str | None] = ContextVar("request_id", default=None)


def described(error: BaseException) -> str:
    """What went wrong, without values that a person may have typed."""
    origin = getattr(error, "orig", None)  # SQLAlchemy wraps what the database says
    inside = described(origin) if isinstance(origin, BaseException) else _details(error)
    name = type(error).__name__
    return f"{name} ({inside})" if inside else name


def _details(error: BaseException) -> str:
    """What is known to be harmless: codes, names of constraints, the system's own words."""
    if type(error).__name__ in OF_THE_CODE:
        return str(error)
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    codes = (getattr(error, name, None) for name in ("sqlstate", "sqlite_errorname", "strerror"))
    return ", ".join(str(code) for code in (*codes, constraint) if code)


def places(error: BaseException) -> list[str]:
    """Where it happened, the innermost place last."""
    return [
        f"{_short(frame.f_code.co_filename)}:{line} in {frame.f_code.co_name}"
        for frame, line in walk_tb(error.__traceback__)
    ]


def _short(path: str) -> str:
    if PACKAGES in path:
        return path.rpartition(f"{PACKAGES}/")[2]
    return str(Path(path).relative_to(ROOT)) if path.startswith(str(ROOT)) else path


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The exception and those that it came from."""
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield now
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)


def _is_of_sockets(way: list[str]) -> bool:
    """Whether it ended in what reads sockets, which no peer's doing may disturb."""
    inside = [place for place in way if not place.startswith(BELOW)]
    return bool(inside) and inside[-1].startswith(SOCKET_READERS)


def is_weather(error: BaseException) -> bool:
    """Whether the surroundings are at fault: a database that restarts, a connection that broke."""
    kinds = {kind.__name__ for kind in type(error).__mro__}
    return bool(kinds & OF_THE_WEATHER) or getattr(error, "connection_invalidated", False)


def said(record: logging.LogRecord) -> str:
    """The message, with the exceptions in it described."""
    if isinstance(record.msg, BaseException):
        return described(record.msg)
    if isinstance(record.args, tuple) and record.args:
        return str(record.msg) % tuple(
            described(arg) if isinstance(arg, BaseException) else arg for arg in record.args
        )
    return record.getMessage()


class _Lines(logging.Formatter):
    """What both kinds of lines have in common."""

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        """What a line says beside its message."""
        fields = dict(getattr(record, "fields", {}))
        if request_id.get() is not None:
            fields["request_id"] = request_id.get()
        return fields

    def fault(self, record: logging.LogRecord) -> tuple[str, list[str]]:
        """What was raised, and on which way; of bad weather only the nearest place in our code."""
        error = record.exc_info[1] if record.exc_info else None
        if error is None:
            return "", []
        told, way = ", from ".join(described(each) for each in _causes(error)), places(error)
        if not is_weather(error):
            return told, way
        ours = [place for place in way if place.startswith("app/")] or way
        return (f"{told} at {ours[-1]}" if ours else told), []


class Text(_Lines):
    """Lines for a person who looks on."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, message, and what belongs to it."""
        told, way = self.fault(record)
        pairs = [f"{name}={value}" for name, value in self.fields(record).items()]
        words = [self.formatTime(record), record.levelname, said(record), *pairs]
        if not way:
            return " ".join([*words, told]).rstrip()
        return "\n  ".join([" ".join(words), TRACEBACK, *way, told])


class Json(_Lines):
    """Lines for a program: one JSON object each."""

    def format(self, record: logging.LogRecord) -> str:
        """The same as one object."""
        told, way = self.fault(record)
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": said(record),
            **self.fields(record),
            **({"error": told} if told else {}),
            **({"traceback": "\n  ".join([TRACEBACK, *way])} if way else {}),
        }
        return json.dumps(line, ensure_ascii=False, default=str)


class Discretion(logging.Filter):
    """Rewrites what libraries say of clients: addresses, paths and what they sent stay unsaid.

    What peers do wrong is not our fault, and can be done a thousand times a second: such a line
    comes once a minute at most, and as a warning.
    """

    PAUSE = 60.0
    NO_REQUEST = "a request was refused that is none"
    NO_PACKET = "a socket was refused, or has sent what cannot be read"
    PEERS = (
        ("gevent.pywsgi", "", NO_REQUEST),
        ("gunicorn.error", "Invalid request from", NO_REQUEST),
        ("engineio", "", NO_PACKET),
        ("socketio", "", NO_PACKET),
    )

    def __init__(self) -> None:
        super().__init__()
        self._said_at: dict[str, float] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether to write the line, which may say less afterwards."""
        instead = self._instead(record)
        if instead is None:
            if str(record.msg).startswith("Error handling request"):  # and its address
                record.msg, record.args = "a request failed", ()
            return True
        record.levelno, record.levelname = logging.WARNING, "WARNING"
        record.msg, record.args, record.exc_info = instead, (), None
        record.of_a_peer = True
        return self._is_due(instead)

    def _instead(self, record: logging.LogRecord) -> str | None:
        """What to say of a peer, if that is what the line is about."""
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and _is_of_sockets(places(error)):
            return self.NO_PACKET
        for logger, beginning, instead in self.PEERS:
            if record.name.startswith(logger) and str(record.msg).startswith(beginning):
                return instead if error is None else None
        return None

    def _is_due(self, line: str) -> bool:
        now = time.monotonic()
        is_due = now - self._said_at.get(line, float("-inf")) >= self.PAUSE
        if is_due:
            self._said_at[line] = now
        return is_due


def config(kind: str) -> dict[str, Any]:
    """The whole set-up for `logging.config.dictConfig`, and for gunicorn's `logconfig_dict`."""
    quiet = ("alembic", "huey")
    passed_on = ("app", "engineio.server", "gunicorn.error", "socketio.server")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": Text if kind == "text" else Json}},
        "filters": {"discretion": {"()": Discretion}},
        "handlers": {
            "lines": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "filters": ["discretion"],
            }
        },
        "root": {"level": "INFO", "handlers": ["lines"]},
        "loggers": {
            **{name: {"handlers": [], "propagate": True} for name in passed_on},
            **{name: {"level": "WARNING"} for name in quiet},
            "gunicorn.access": {"handlers": [], "propagate": False},
            REQUESTS: {"level": "WARNING" if kind == "text" else "INFO"},
        },
    }


def configure(kind: str) -> None:
    """Have this process write its lines in this format."""
    logging.config.dictConfig(config(kind))
