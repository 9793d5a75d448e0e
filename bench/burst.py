"""Five hundred people submit and watch at the same time, on both databases.

While it is sorted, suggestions are computed again and again, and two moderators ask, accept, move
and rename at their boards, each once a second.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from bench.load.accounting import account, spans
from bench.load.crowd import Crowd
from bench.load.programs import cpu_of
from bench.load.sorting import Sorting
from bench.load.staged import staged
from bench.load.submitting import Submitters
from bench.stack import Stack

P95, P99 = 1000.0, 2000.0  # milliseconds from a submission to everybody's socket
DATABASES = (("SQLite", False), ("PostgreSQL", True))
MUST_BE_NONE = ("lost", "doubled", "not_heard", "out_of_order")
MUST_BE_NONE_SORTED = ("gestures_off", "board_wrong")

Row = dict[str, Any]


@dataclass(frozen=True)
class Amount:
    """What comes in, and within how many seconds."""

    concerns: int
    supports: int
    seconds: float

    @property
    def tenth(self) -> "Amount":
        """The same at a tenth of the rate."""
        return Amount(self.concerns // 10, self.supports // 10, self.seconds)


FULL, SHORT = Amount(500, 2000, 60.0), Amount(30, 90, 3.0)


@dataclass
class Hall:
    """All who submit and listen to one process."""

    stack: Stack
    crowd: Crowd
    submitters: Submitters


def measure(short: bool = False) -> dict[str, Any]:
    """Waiting times at the full rate and at a tenth of it, and the account of all submissions.

    The short form looks at what may be lost, so only at the round in which most happens.
    """
    rows: dict[str, Any] = {}
    for name, with_postgresql in DATABASES:
        if short:
            with _hall(40, with_postgresql) as hall:
                rows |= {f"{name}, a tenth of it": _round(hall, SHORT.tenth)}
                rows |= {f"{name}, while it is sorted": _while_sorted(hall, SHORT)}
        else:
            rows |= _rows(name, with_postgresql)
    return rows


def _rows(name: str, with_postgresql: bool) -> dict[str, Row]:
    """Each full round begins with the same few concerns."""
    with _hall(500, with_postgresql) as hall:
        calm = _round(hall, FULL.tenth)
        full = _round(hall, FULL)
    with _hall(500, with_postgresql) as hall:
        sorted_ = _while_sorted(hall, FULL)
    for row in (full, sorted_):
        _judge(row, calm)
    return {
        f"{name}, a tenth of it": calm,
        f"{name}, {FULL.concerns} + {FULL.supports}": full,
        f"{name}, the same while it is sorted": sorted_,
    }


@contextmanager
def _hall(people: int, with_postgresql: bool) -> Iterator[Hall]:
    parts = {"apps": 1, "postgresql": with_postgresql, "redis": False, "nginx": False}
    with staged(people, **parts) as (stack, world), ExitStack() as started:
        crowd = started.enter_context(Crowd(stack.apps[0].url, channel=world.heard))
        crowd.admit(world.tokens)
        crowd.wait_until_all_hear()
        submitters = Submitters(world, [stack.apps[0].url])
        started.callback(submitters.close)
        yield Hall(stack, crowd, submitters)


def _while_sorted(hall: Hall, amount: Amount) -> Row:
    with Sorting(hall.submitters.world, hall.stack.apps[0].url) as sorting:
        row = _round(hall, amount)
        row |= sorting.stop()
    row["exact"] = row["exact"] and not any(row[name] for name in MUST_BE_NONE_SORTED)
    return row


def _judge(row: Row, calm: Row) -> None:
    row["p95_to_calm"] = round(row["p95_ms"] / calm["p95_ms"], 2)
    row["target"] = f"none lost, doubled, refused; p95 < {P95:.0f}, p99 < {P99:.0f} ms"
    refused = row["refused"] or row.get("gestures_failed")
    row["met"] = row["exact"] and not refused and row["p95_ms"] < P95 and row["p99_ms"] < P99


def _round(hall: Hall, amount: Amount) -> Row:
    crowd, submitters, server = hall.crowd, hall.submitters, hall.stack.apps[0]
    crowd.reset()
    before = cpu_of(server.pid)
    done = submitters.submit(amount.concerns, amount.supports, amount.seconds)
    submitters.seed += 1
    time.sleep(1)
    heard, spent = crowd.figures, cpu_of(server.pid) - before
    waited, missed = spans(submitters.world, done, crowd.table, heard["clients"])
    figures: Row = account(submitters.world, submitters.done)
    figures["submitted"] = len(done)
    wrong = heard["gaps"] + heard["repeats"] + heard["behind"] + heard["broken"]
    cuts = quantiles(waited, n=100) if len(waited) > 1 else [0.0] * 99
    figures |= {"not_heard": missed, "out_of_order": wrong, "lost_sockets": heard["lost"]}
    return figures | {
        "p50_ms": round(cuts[49]),
        "p95_ms": round(cuts[94]),
        "p99_ms": round(cuts[98]),
        "cpu_ms_each": round(spent * 1000 / len(done), 1),
        "server_cpu_s": round(spent, 2),
        "load_cpu_s": round(heard["cpu_seconds"], 2),
        "exact": not any(figures[name] for name in MUST_BE_NONE),
    }
