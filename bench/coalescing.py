"""A hundred votes within a tick, against one vote."""

from contextlib import ExitStack
from statistics import median
from typing import Any

from bench.load.contenders import our_server
from bench.load.crowd import Crowd

VOTES = 100
MOST = 1.2
CASES = {"one vote": (1, 1), "100 votes for one": (VOTES, 1), "100 votes for 50": (VOTES, 50)}


def measure(short: bool = False) -> dict[str, Any]:
    """Deliveries, and the CPU time from the commit to the last socket, for each tick."""
    clients, ticks, rounds = (60, 2, 1) if short else (1000, 8, 3)
    spans: dict[str, list[float]] = {case: [] for case in CASES}
    heard, wrong = dict.fromkeys(CASES, 0), dict.fromkeys(CASES, 0)
    with ExitStack() as started:
        server, world = our_server(started, clients)
        crowd = started.enter_context(Crowd(server.url, channel=world.heard))
        crowd.admit(world.tokens)
        crowd.wait_until_all_hear()
        server.ask("vote 2 1 1")
        for _ in range(rounds):
            for case, (votes, spread) in CASES.items():
                crowd.reset()
                spans[case].append(server.ask(f"vote {ticks} {votes} {spread}")["cpu_ms"])
                seen = crowd.wait_for("deliveries", ticks * clients, 5)
                heard[case] += seen["deliveries"]
                wrong[case] += seen["gaps"] + seen["repeats"] + seen["behind"]
    rows = {
        case: {
            "cpu_ms": round(median(spans[case]), 2),
            "deliveries": heard[case] // rounds,
            "behind": wrong[case],
            "exact": not wrong[case] and 0 < heard[case] <= clients * ticks * rounds,
        }
        for case in CASES
    }
    return _judged(rows)


def _judged(rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    one, many, spread = rows.values()
    for row in (many, spread):
        row["to_one"] = round(row["cpu_ms"] / one["cpu_ms"], 2)
    many["target"] = f"<= {MOST} x the deliveries and the CPU of one"
    many["met"] = max(many["to_one"], many["deliveries"] / max(one["deliveries"], 1)) <= MOST
    return rows
