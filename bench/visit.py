"""The first visit on a slow phone, as Lighthouse sees it: scores, waiting times, and bytes."""

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.load.programs import Missing
from bench.visited import Visit, visits
from tests.chromium import FLAGS
from tests.live_server import LiveServer, free_port

FOLDER = Path(__file__).resolve().parent / "lighthouse"
RUNS = 3
LEAST = {"performance": 0.95, "accessibility": 1.0}
TARGET = "performance 0.95, accessibility 1"


def measure() -> dict[str, Any]:
    """The median of several visits of each page, each with a fresh profile."""
    _require_lighthouse()
    with tempfile.TemporaryDirectory(prefix="dialograum-bench-") as folder:
        environment = {"INSTANCE_PATH": folder, "PORT": str(free_port())}
        pages = visits(environment)
        server = LiveServer(environment)
        server.start()
        try:
            rows = _lighthouse(server.url, pages)
        finally:
            server.stop()
    return {name: _median(runs) for name, runs in rows.items()}


def _lighthouse(url: str, pages: list[Visit]) -> dict[str, list[dict[str, Any]]]:
    wanted = {
        "chromium": _program("chromium", "chromium-browser", "google-chrome"),
        "flags": FLAGS,
        "runs": RUNS,
        "pages": [
            {
                "name": page.name,
                "url": url + page.path,
                "cookies": [
                    {"name": name, "value": value, "domain": "127.0.0.1"}
                    for name, value in page.cookies.items()
                ],
            }
            for page in pages
        ],
    }
    done = subprocess.run(
        [_program("node", str(Path(sys.executable).with_name("node"))), "visit.mjs"],
        cwd=FOLDER,
        input=json.dumps(wanted),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return dict(json.loads(done.stdout))


def _require_lighthouse() -> None:
    if not (FOLDER / "node_modules" / "lighthouse").is_dir():
        raise Missing("Lighthouse is not installed; `make bench ARGS=visit` does that")


def _program(*names: str) -> str:
    """The first of these programs that is there."""
    for name in names:
        program = shutil.which(name)
        if program:
            return program
    raise Missing(f"{names[0]} is not installed")


def _median(runs: list[dict[str, Any]]) -> dict[str, Any]:
    """Each figure's median, whether the targets are met, and what of accessibility failed."""
    row: dict[str, Any] = {
        name: round(statistics.median(run[name] for run in runs), 3)
        for name in runs[0]
        if name != "failed"
    }
    row["failed"] = sorted({rule for run in runs for rule in run["failed"]})
    row["met"] = all(row[name] >= least for name, least in LEAST.items())
    return {**row, "target": TARGET}
