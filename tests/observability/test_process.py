"""What a process that serves looks after: its lateness, its count of lines, greenlets that fail."""

import io
import logging
import subprocess
import sys

import gevent
import pytest
from gevent.hub import Hub

import logs
from app.observability import log as process_log
from app.observability.lag import PERIOD, LoopLag
from app.observability.metrics import REGISTRY

NAME = "Zebedäus"


class Over(Exception):
    """Ends what goes on for ever."""


def value(name, **labels):
    return REGISTRY.get_sample_value(name, labels) or 0


@pytest.fixture
def begun(monkeypatch):
    """The log as a server writes it; afterwards everything is as before."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(Hub, "print_exception", Hub.print_exception)
    monkeypatch.setattr(logging, "raiseExceptions", True)
    monkeypatch.setattr(sys, "stderr", stream)
    process_log.begin("text")
    yield stream.getvalue
    root.handlers, root.level = handlers, level


def test_lateness_is_what_a_sleep_took_too_long(monkeypatch):
    lag, sleeps = LoopLag(), iter([0.0, 0.3])
    clock = [100.0]
    monkeypatch.setattr("app.observability.lag.time.monotonic", lambda: clock[0])

    def sleep(seconds):
        late = next(sleeps, None)
        if late is None:
            raise Over
        clock[0] += seconds + late

    before = value("dialograum_loop_lag_seconds_sum")
    with pytest.raises(Over):
        lag.run(sleep)
    assert lag.seconds == pytest.approx(0.3)
    assert value("dialograum_loop_lag_seconds_sum") - before == pytest.approx(0.3)
    assert PERIOD < 1


def test_lines_are_counted_from_a_warning_on(begun):
    before = value("dialograum_log_lines_total", level="warning")
    logging.getLogger("app.here").warning("look")
    logging.getLogger("app.here").info("all is well")
    assert value("dialograum_log_lines_total", level="warning") == before + 1
    assert " WARNING look" in begun()


def test_what_peers_do_is_counted_apart_even_where_it_is_not_written(begun):
    lines, faults = value("dialograum_log_lines_total", level="warning"), "dialograum_peer_faults"
    before = value(f"{faults}_total")
    for _ in range(3):
        logging.getLogger("engineio.server").error("Invalid session %s", NAME)
    assert value(f"{faults}_total") == before + 3
    assert value("dialograum_log_lines_total", level="warning") == lines
    said = begun()
    assert said.count("\n") == 1
    assert NAME not in said


def test_a_greenlet_that_fails_says_so_without_the_values_it_had(begun):
    def fail(name):
        raise ValueError(name)

    gevent.spawn(fail, NAME).join()
    said = begun()
    assert " ERROR a greenlet failed" in said
    assert "in fail" in said
    assert NAME not in said


def test_a_line_says_the_same_wherever_the_server_runs():
    for kind in logs.FORMATS:
        known = logs.config(kind)
        assert known["root"]["handlers"] == ["lines"]
        assert known["loggers"]["gunicorn.access"] == {"handlers": [], "propagate": False}


def test_a_line_that_cannot_be_made_is_not_printed_in_parts(begun):
    logging.getLogger("app.here").warning("%d", NAME)
    assert NAME not in begun()


def test_gunicorns_first_process_does_not_import_the_application():
    asked = "import sys, logs; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert not {"app", "flask", "gevent", "sqlalchemy"} & {*done.stdout.split()}
