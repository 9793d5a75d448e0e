"""A thousand people come in within seconds of the QR code: two processes behind nginx."""

import time
from collections import Counter
from statistics import quantiles
from typing import Any

from bench.load.crowd import Crowd
from bench.load.joining import come_all
from bench.load.programs import cpu_of
from bench.load.staged import staged
from bench.load.world import World
from bench.stack import Stack

WITHIN = 10.0  # seconds from the first to the last who hears
ARRIVALS = 8.0  # seconds in which they come
P95 = 2000.0  # milliseconds for a page


def measure(short: bool = False) -> dict[str, Any]:
    """How long it takes from the first page until everybody hears, and each page."""
    people, seconds = (60, 3.0) if short else (1000, ARRIVALS)
    with staged(1, apps=2) as (stack, world):
        return {f"{people} people": _row(stack, world, people, seconds)}


def _row(stack: Stack, world: World, people: int, seconds: float) -> dict[str, Any]:
    with Crowd(stack.url, channel=world.heard) as crowd:
        parts = (*stack.apps, stack.postgresql, stack.nginx)
        before = [cpu_of(part.pid) for part in parts]
        own, begun = time.process_time(), time.time()
        waited, failed, put_off = come_all(stack.url, world.code, people, seconds, crowd)
        inside = people - len(failed)
        heard = crowd.wait_for("hearing", inside, 60)
        spent = [round(cpu_of(part.pid) - b, 1) for part, b in zip(parts, before, strict=True)]
        own = time.process_time() - own
    for failure, times in Counter(failed).items():
        print(f"  {times} x {failure}")
    cuts = quantiles(waited, n=100)
    row = {
        "seconds": round(heard["entered_at"] / 1000 - begun, 1),
        "not_let_in": len(failed),
        "sockets_missing": inside - heard["hearing"],
        "put_off": put_off + heard["put_off"],
        "page_p50_ms": round(cuts[49]),
        "page_p95_ms": round(cuts[94]),
        "server_cpu_s": spent[:-2],
        "database_cpu_s": spent[-2],
        "nginx_cpu_s": spent[-1],
        "load_cpu_s": round(own + heard["cpu_seconds"], 2),
        "exact": not heard["gaps"] + heard["repeats"] + heard["broken"],
    }
    return _judged(row)


def _judged(row: dict[str, Any]) -> dict[str, Any]:
    errors = row["not_let_in"] + row["sockets_missing"]
    row["target"] = f"within {WITHIN:.0f} s, no error, p95 of pages < {P95:.0f} ms"
    row["met"] = not errors and row["seconds"] <= WITHIN and row["page_p95_ms"] < P95
    return row
