"""What is looked up only when somebody asks for metrics: counts of what is there at the moment."""

import time
from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask import Flask
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError

from app.database import now
from app.extensions import db, socketio
from app.jobs.backlogs import all_backlogs
from app.observability.metrics import PREFIX, REGISTRY
from app.observability.patience import at_most

LONGEST_LOOK = 3.0  # seconds for what a database or a queue is asked


class Everything(Collector):
    """The metrics that have gathered, and the readings of this moment."""

    def __init__(self, app: Flask) -> None:
        self.app = app

    def collect(self) -> Iterator[Metric]:
        """All of them; what cannot be read now is left out."""
        for metric in REGISTRY.collect():
            time.sleep(0)  # writing them down takes milliseconds: others go on in between
            yield metric
        yield _sockets()
        yield _subscriptions(self.app)
        yield _pool()
        yield from _jobs(self.app)
        yield from _backlogs()


def _gauge(name: str, help: str, label: str, values: dict[str, float]) -> GaugeMetricFamily:
    gauge = GaugeMetricFamily(f"{PREFIX}_{name}", help, labels=[label])
    for key, value in values.items():
        gauge.add_metric([key], value)
    return gauge


def _sockets() -> Metric:
    counts: dict[str, float] = {"websocket": 0, "polling": 0}
    for socket in socketio.server.eio.sockets.values():
        counts["websocket" if socket.upgraded else "polling"] += 1
    return _gauge("sockets", "Connected sockets.", "transport", counts)


def _subscriptions(app: Flask) -> Metric:
    publisher: Any = app.extensions["publisher"]
    counts: Counter[str] = Counter()
    rooms = socketio.server.manager.rooms.get("/", {})
    for source in publisher.sources.values():
        for audience in source.audiences:
            counts[audience.view] += len(rooms.get(audience.key) or ())
    return _gauge("subscriptions", "Sockets times what they hear.", "view", {**counts})


def _pool() -> Metric:
    pool: Any = db.engine.pool
    values = {"in_use": pool.checkedout(), "idle": pool.checkedin()}
    return _gauge("database_connections", "Connections of this process.", "state", values)


def _jobs(app: Flask) -> Iterator[Metric]:
    with at_most(LONGEST_LOOK):
        queued = app.extensions["jobs"].queued()
        if queued is not None:
            yield GaugeMetricFamily(f"{PREFIX}_jobs_queued", "Jobs in the queue.", value=queued)


def _backlogs() -> Iterator[Metric]:
    counts: dict[str, float] = {}
    ages: dict[str, float] = {}
    is_up = False
    with at_most(LONGEST_LOOK):
        is_up = _read_backlogs(counts, ages)
    yield GaugeMetricFamily(f"{PREFIX}_database_up", "Whether the database answers.", value=is_up)
    yield _gauge("backlog", "Things that wait to be worked at.", "of", counts)
    yield _gauge("backlog_age_seconds", "How long the oldest of them waits.", "of", ages)


def _read_backlogs(counts: dict[str, float], ages: dict[str, float]) -> bool:
    try:
        for name, query in all_backlogs():
            waiting, oldest = db.session.execute(query()).one()
            counts[name] = waiting
            ages[name] = max(0.0, (now() - oldest).total_seconds()) if oldest else 0.0
    except SQLAlchemyError:
        return False
    finally:
        db.session.close()
    return True
