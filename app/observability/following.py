"""Which metric follows which signal; every call here is a few additions."""

from datetime import datetime
from functools import cache

from prometheus_client import Counter

from app import signals
from app.database import now
from app.errors import DomainError
from app.observability import metrics


@signals.message_sent.connect
def _sent(view: str, kind: str, recipients: int, size: int) -> None:
    messages, deliveries, delivered_bytes = _of_messages(kind, view)
    messages.inc()
    deliveries.inc(recipients)
    delivered_bytes.inc(size * recipients)


@cache
def _of_messages(kind: str, view: str) -> tuple[Counter, ...]:
    """To look these up each time would cost more than all the counting."""
    counters = (metrics.messages, metrics.deliveries, metrics.delivered_bytes)
    return tuple(counter.labels(kind, view) for counter in counters)


@signals.facts_published.connect
def _published(_sender: None, count: int, oldest: datetime) -> None:
    metrics.facts.inc(count)
    metrics.publisher_lag_seconds.observe(max(0.0, (now() - oldest).total_seconds()))


@signals.ticked.connect
def _ticked(_sender: None, seconds: float) -> None:
    metrics.tick_seconds.observe(seconds)


@signals.turn_refused.connect
def _turn_refused(line: str) -> None:
    metrics.turn_refusals.labels(line).inc()


@signals.writer_waited.connect
def _waited(_sender: None, seconds: float) -> None:
    metrics.writer_wait_seconds.observe(seconds)


@signals.transaction_ended.connect
def _transaction_ended(_sender: None, seconds: float, outcome: str) -> None:
    metrics.transaction_seconds.labels(outcome).observe(seconds)


@signals.job_ended.connect
def _job_ended(task: str, seconds: float, outcome: str) -> None:
    metrics.job_seconds.labels(task, outcome).observe(seconds)


@signals.subscription_refused.connect
def _subscription_refused(error: DomainError) -> None:
    metrics.subscription_refusals.labels(type(error).__name__).inc()
