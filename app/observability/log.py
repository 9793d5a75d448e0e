"""The log of a process that serves: its format, its count, and what gevent would print itself."""

import logging
from typing import Any

from gevent.hub import Hub

import logs
from app.observability import metrics

log = logging.getLogger(__name__)


class _Counting(logging.Handler):
    """Counts lines instead of writing them."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count one; what peers did wrong is a metric of its own."""
        if getattr(record, "of_a_peer", False):
            metrics.peer_faults.inc()
        else:
            metrics.log_lines.labels(record.levelname.lower()).inc()


def begin(kind: str) -> None:
    """Write lines in this format from now on."""
    logs.configure(kind)
    logging.raiseExceptions = False  # what a line could not be made of would be printed
    logging.getLogger().addHandler(_Counting(logging.WARNING))
    Hub.print_exception = _log_lost  # type: ignore[assignment,method-assign]


def _log_lost(_hub: Hub, _context: Any, kind: Any, error: Any, trace: Any) -> None:
    """What ended a greenlet: gevent would print the values it was called with, too."""
    if isinstance(error, Exception):
        log.error("a greenlet failed", exc_info=(kind, error, trace))
