"""One change to a whole hall: what it costs, against other servers that send the same bytes."""

from collections.abc import Mapping
from statistics import median
from typing import Any

from bench.load.contenders import NODE, OURS, RAW, STOCK, Contender, contenders

SIZE = 250  # bytes of a message
A_SECOND = 10_000  # deliveries
SECONDS = 10.0  # of one round
ROUNDS = 3
RATES = (1, 20)  # changes a second, where they go the whole way
TICK = 250.0  # milliseconds
MOST = {STOCK: 0.4, NODE: 0.75, RAW: 1.6}  # of their CPU time, for the same messages
MOST_OF_STOCK = 0.15  # for a change that goes the whole way, where several meet in a tick
MOST_KIB = 60
LATE = TICK + 50

Heard = dict[str, list[dict[str, Any]]]


def measure(short: bool = False) -> dict[str, Any]:
    """CPU seconds for 100,000 deliveries, waiting times and memory, by server and hall."""
    rows: dict[str, Any] = {}
    for clients in (60,) if short else (1000, 3000):
        with contenders(clients) as made:
            seconds = 1.0 if short else SECONDS
            rows |= _messages(made, clients, seconds, 1 if short else ROUNDS)
            for rate in RATES[1:] if short else RATES:
                rows |= _changes(made, clients, rate, seconds, 1 if short else ROUNDS)
    return rows


def _messages(
    made: Mapping[str, Contender], clients: int, seconds: float, rounds: int
) -> dict[str, Any]:
    """The same messages from each server, in turns."""
    rate = A_SECOND / clients
    times = max(1, round(rate * seconds))
    heard: Heard = {name: [] for name in made}
    for _ in range(rounds):
        for name, each in made.items():
            heard[name].append(each.run(f"send {rate} {times} {SIZE}", times * clients))
    rows = {name: _row(made[name], heard[name], times * clients) for name in made}
    _judge_messages(rows)
    return {f"{clients}, a message: {name}": row for name, row in rows.items()}


def _row(contender: Contender, heard: list[dict[str, Any]], expected: int) -> dict[str, Any]:
    row = {
        "cpu_s_per_100k": round(_median(heard, "server_cpu") / expected * 100_000, 2),
        "p95_ms": _median(heard, "p95"),
        "kib_a_client": round(contender.kib_per_client, 1),
    }
    return row | _account(heard, expected, "deliveries")


def _judge_messages(rows: dict[str, Any]) -> None:
    ours = rows[OURS]
    ratios = {name: _ratio(ours, rows[name]) for name in MOST if name in rows}
    shares = {STOCK: "to_stock", NODE: "to_node", RAW: "to_raw"}
    ours |= {shares[name]: ratio for name, ratio in ratios.items()}
    limits = ", ".join(f"{MOST[name]} x {name}" for name in ratios)
    ours["target"] = f"<= {limits}; <= {MOST_KIB} KiB"
    ours["met"] = ours["kib_a_client"] <= MOST_KIB and all(
        ratio <= MOST[name] for name, ratio in ratios.items()
    )


def _ratio(row: dict[str, Any], other: dict[str, Any]) -> float:
    return round(row["cpu_s_per_100k"] / max(other["cpu_s_per_100k"], 0.001), 2)


def _changes(
    made: Mapping[str, Contender], clients: int, rate: int, seconds: float, rounds: int
) -> dict[str, Any]:
    """A change from its transaction to all pages, against one message of the stock server."""
    times = max(1, round(rate * seconds))
    expected = times * clients
    ours, stock = [], []
    for _ in range(rounds):
        ours.append(made[OURS].run(f"change {rate} {times}", expected, "changes"))
        stock.append(made[STOCK].run(f"send {rate} {times} {SIZE}", expected))
    cost, yardstick = (_median(heard, "server_cpu") * 1000 / times for heard in (ours, stock))
    row = {
        "cpu_ms_a_change": round(cost, 2),
        "stock_ms": round(yardstick, 2),
        "to_stock": round(cost / max(yardstick, 0.001), 2),
        "messages": round(_median(ours, "deliveries") / clients),
        "p95_ms": _median(ours, "p95"),
    }
    row |= _account(ours, expected, "changes")
    return {f"{clients}, {rate} changes a second": _judged_change(row, rate)}


def _judged_change(row: dict[str, Any], rate: int) -> dict[str, Any]:
    """One change a second shares its tick with no other, so nothing is saved there."""
    shares_ticks = rate * TICK > 2000
    share = f"<= {MOST_OF_STOCK} x {STOCK}; " if shares_ticks else ""
    met = row["p95_ms"] <= LATE and (not shares_ticks or row["to_stock"] <= MOST_OF_STOCK)
    return {**row, "target": f"{share}p95 <= {LATE:.0f} ms", "met": met}


def _account(heard: list[dict[str, Any]], expected: int, what: str) -> dict[str, Any]:
    """Whether everything came, once and in order; and what the clients themselves cost."""
    missing = sum(expected - each[what] for each in heard)
    wrong = sum(each["gaps"] + each["repeats"] + each["broken"] + each["lost"] for each in heard)
    return {
        "missing": missing,
        "out_of_order": wrong,
        "deflated": heard[-1]["deflated"],
        "load_cpu_s": round(sum(each["cpu_seconds"] for each in heard), 2),
        "server_cpu_s": round(sum(each["server_cpu"] for each in heard), 2),
        "exact": missing == wrong == 0,
    }


def _median(heard: list[dict[str, Any]], what: str) -> float:
    return float(median(each[what] for each in heard))
