"""Things that happen at the same time: each in a thread and an application context of its own."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from flask import Flask

from tests.factories import look_again

PATIENCE = 30  # seconds


def together(app: Flask, *deeds: Callable[[], Any]) -> list[Any]:
    """What the deeds returned, or the exception that each raised; all begin at one moment."""
    start = threading.Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        with app.app_context():
            start.wait(PATIENCE)
            try:
                return deed()
            except Exception as error:
                return error

    with ThreadPoolExecutor(len(deeds)) as threads:
        results = list(threads.map(do, deeds, timeout=PATIENCE))
    look_again()
    return results


def failures(results: Sequence[Any]) -> list[Exception]:
    """Those of the results that are exceptions."""
    return [result for result in results if isinstance(result, Exception)]
