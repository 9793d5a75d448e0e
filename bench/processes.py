"""The same load on one, two and four processes with PostgreSQL and Redis."""

import time
from contextlib import ExitStack
from statistics import median
from typing import Any

from bench.load.accounting import account, spans
from bench.load.crowd import Crowd
from bench.load.programs import cpu_of
from bench.load.staged import staged
from bench.load.submitting import Submitters
from bench.load.world import World
from bench.stack import Stack

MOST = 1.25  # times the CPU of one process
A_SECOND = 20  # submissions, a fifth of them concerns

Rounds = list[dict[str, Any]]


def measure(short: bool = False) -> dict[str, Any]:
    """CPU seconds of all processes together, and whether any page missed anything."""
    counts, rounds = ((2,), 1) if short else ((1, 2, 4), 2)
    found: dict[int, Rounds] = {count: [] for count in counts}
    for _ in range(rounds):
        for count in counts:
            found[count].append(_run(count, short))
    rows = {count: _row(each) for count, each in found.items()}
    one = rows[counts[0]]["cpu_s"]  # the short form has only what two of them could lose
    for count, row in rows.items():
        if count > 1:
            row["to_one"] = round(row["cpu_s"] / one, 2)
            row["target"] = f"<= {MOST} x the CPU of one; no change missed"
            row["met"] = row["exact"] and not row["refused"] and row["to_one"] <= MOST
    return {f"{count} processes" if count > 1 else "1 process": row for count, row in rows.items()}


def _run(count: int, short: bool) -> dict[str, Any]:
    people, seconds = (40, 3) if short else (1000, 20)
    with staged(people, apps=count, nginx=False) as (stack, world):
        return _load(stack, world, seconds)


def _load(stack: Stack, world: World, seconds: int) -> dict[str, Any]:
    """Everybody listens, at one process or another, while some submit to all of them in turns."""
    urls = [app.url for app in stack.apps]
    with ExitStack() as started:
        crowd = started.enter_context(Crowd(*urls, channel=world.heard))
        for number in range(len(urls)):
            crowd.admit(world.tokens[number :: len(urls)], number)
        crowd.wait_until_all_hear()
        submitters = Submitters(world, urls)
        started.callback(submitters.close)
        time.sleep(1)
        crowd.reset()
        before = _cpu(stack)
        done = submitters.submit(seconds * A_SECOND // 5, seconds * A_SECOND * 4 // 5, seconds)
        time.sleep(1)
        spent, heard = _cpu(stack) - before, crowd.figures
        waited, missed = spans(world, done, crowd.table, heard["clients"])
    wrong = missed + heard["gaps"] + heard["repeats"] + heard["broken"] + heard["lost"]
    accounted = account(world, done)
    return {
        "cpu": spent,
        "waited": waited,
        "missed": wrong,
        "lost": accounted["lost"] + accounted["doubled"],
        "refused": accounted["refused"],
        "load": heard["cpu_seconds"],
    }


def _cpu(stack: Stack) -> float:
    return sum(cpu_of(app.pid) for app in stack.apps)


def _row(rounds: Rounds) -> dict[str, Any]:
    waited = sorted(span for each in rounds for span in each["waited"])
    missed, lost, refused = (
        sum(each[what] for each in rounds) for what in ("missed", "lost", "refused")
    )
    return {
        "cpu_s": round(median(each["cpu"] for each in rounds), 2),
        "p95_ms": round(waited[int(len(waited) * 0.95)]),
        "missed": missed,
        "lost_or_doubled": lost,
        "refused": refused,
        "load_cpu_s": round(sum(each["load"] for each in rounds), 2),
        "exact": missed == lost == 0,
    }
