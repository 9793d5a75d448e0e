"""`flask jobs run`: works at jobs in a process of its own, where `JOBS=worker` says so."""

import threading
import time
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup

from app.jobs.queue import SWEEP_SECONDS, Jobs
from app.observability import log

jobs = AppGroup("jobs", help="What is done beside the requests: mails, notifications, digests.")


@jobs.command("run")
def run() -> None:
    """Work at jobs until stopped; needs REDIS_URL, and JOBS=worker in the server's processes."""
    app: Any = current_app
    if app.extensions["settings"].redis_url is None:
        raise click.ClickException("REDIS_URL is not set: the server itself does its jobs.")
    log.begin(app.extensions["settings"].log_format)
    here: Jobs = app.extensions["jobs"]
    threading.Thread(target=_sweep, args=(here,), daemon=True).start()
    here.run()


def _sweep(here: Jobs) -> None:
    while True:
        here.sweep()
        time.sleep(SWEEP_SECONDS)
