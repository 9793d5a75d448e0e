"""What a figure was measured on, and how a span of CPU time is taken."""

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.stack.part import PartError
from bench.stack.servers import program

WATCHED = (
    "flask sqlalchemy gevent gunicorn flask-socketio python-socketio python-engineio psycopg "
    "redis numpy"
).split()
PROGRAMS = {"cc": "--version", "node": "--version", "nginx": "-v", "redis-server": "--version"}


def machine() -> dict[str, Any]:
    """The machine, the versions and the load at this moment."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "processor": _processor(),
        "kernel": platform.release(),
        "load": os.getloadavg(),
        "versions": {name: version(name) for name in WATCHED},
        "programs": {name: _program(name, word) for name, word in PROGRAMS.items()},
    }


def _processor() -> str:
    """What the processor calls itself, where it can be asked."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def _program(name: str, word: str) -> str | None:
    try:
        found = program(name)
    except PartError:
        return None
    said = subprocess.run([found, word], capture_output=True, text=True, check=False)
    return (said.stdout or said.stderr).partition("\n")[0].strip()


def cpu_milliseconds(do: Callable[[], object], runs: int = 9) -> float:
    """The median CPU time of a call in milliseconds, after one call that is not counted."""
    do()
    spans = []
    for _ in range(runs):
        begun = time.process_time()
        do()
        spans.append((time.process_time() - begun) * 1000)
    return statistics.median(spans)


def interleaved_milliseconds(
    calls: Mapping[str, Callable[[], object]], rounds: int
) -> dict[str, float]:
    """The median CPU time of each call, in rounds of all: what else runs here slows all alike."""
    spans: dict[str, list[float]] = {name: [] for name in calls}
    for do in calls.values():
        do()
    for _ in range(rounds):
        for name, do in calls.items():
            begun = time.process_time()
            do()
            spans[name].append((time.process_time() - begun) * 1000)
    return {name: statistics.median(each) for name, each in spans.items()}
