"""What the application needs from jobs."""

from flask import Flask, current_app

from app import clockwork
from app.jobs.commands import jobs
from app.jobs.queue import SWEEP_SECONDS, Jobs


def register(app: Flask) -> None:
    """Attach the queue and the command; the work begins with the server."""
    app.extensions["jobs"] = Jobs(app)
    app.cli.add_command(jobs)


@clockwork.every(SWEEP_SECONDS)
def look_for_lost() -> None:
    """Find the work that a restart or a broken queue has lost, where this process works at it."""
    here: Jobs = current_app.extensions["jobs"]
    if here.works_here:
        here.sweep()
