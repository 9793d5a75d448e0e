"""What a figure was measured on, and how a span of CPU time is taken."""

import os
import platform
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

WATCHED = ("flask", "sqlalchemy", "gevent", "flask-socketio", "numpy")


def machine() -> dict[str, Any]:
    """The machine, the versions and the load at this moment."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "versions": {name: version(name) for name in WATCHED},
    }


def cpu_milliseconds(do: Callable[[], object], runs: int = 9) -> float:
    """The median CPU time of a call in milliseconds, after one call that is not counted."""
    do()
    spans = []
    for _ in range(runs):
        begun = time.process_time()
        do()
        spans.append((time.process_time() - begun) * 1000)
    return statistics.median(spans)
