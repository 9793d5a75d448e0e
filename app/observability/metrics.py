"""All that is counted and timed as it happens; docs/metrics.md says what to make of it."""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
)

disable_created_metrics()  # type: ignore[no-untyped-call]

PREFIX = "dialograum"
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
PlatformCollector(registry=REGISTRY)

SHORT = (0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)  # seconds
USUAL = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)
COARSE = (0.025, 0.1, 0.25, 0.5, 1, 2.5, 5)  # where there are many routes, and each has its own
LONG = (0.01, 0.1, 0.5, 1, 5, 15, 60, 300)


def _counter(name: str, help: str, *labels: str) -> Counter:
    return Counter(name, help, labels, namespace=PREFIX, registry=REGISTRY)


def _histogram(name: str, help: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
    return Histogram(name, help, labels, namespace=PREFIX, registry=REGISTRY, buckets=buckets)


request_seconds = _histogram(
    "request_seconds", "Time until a request was answered.", COARSE, "endpoint", "status"
)
requests_in_flight = Gauge(
    "requests_in_flight", "Requests being answered.", namespace=PREFIX, registry=REGISTRY
)
refusals = _counter(
    "refusals", "Requests refused for limits (429), load (503), space (507).", "endpoint", "status"
)
subscription_refusals = _counter(
    "subscription_refusals", "Subscriptions of sockets that were refused.", "reason"
)
messages = _counter("messages", "Messages to audiences, each sent once.", "kind", "view")
deliveries = _counter("deliveries", "Messages times the sockets they went to.", "kind", "view")
delivered_bytes = _counter("delivered_bytes", "Bytes of HTML times the sockets.", "kind", "view")
facts = _counter("facts", "Facts that this process has published.")
tick_seconds = _histogram("tick_seconds", "Time the publisher took for a tick.", SHORT)
publisher_lag_seconds = _histogram(
    "publisher_lag_seconds", "Time from a fact's transaction to its last message.", USUAL
)
turn_refusals = _counter("turn_refusals", "Requests for which there was no turn.", "line")
writer_wait_seconds = _histogram(
    "writer_wait_seconds", "Time a writer waited for its turn (SQLite only).", SHORT
)
transaction_seconds = _histogram(
    "transaction_seconds", "Time of a writing transaction, waits included.", USUAL, "outcome"
)
job_seconds = _histogram("job_seconds", "Time a job took.", LONG, "task", "outcome")
loop_lag_seconds = _histogram(
    "loop_lag_seconds", "How late the event loop woke a greenlet that was due.", SHORT
)
log_lines = _counter("log_lines", "Lines written to the log from a warning on.", "level")
peer_faults = _counter("peer_faults", "What peers sent that is no HTTP or no Socket.IO.")
