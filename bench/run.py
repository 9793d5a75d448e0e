"""`make bench`: runs the benchmarks, prints their tables, keeps the figures as JSON.

make bench                          all of them
make bench ARGS="fanout burst"      these
make bench ARGS=--short             the live ones in a short form, for what is exact in them
"""

import json
import os
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.load.programs import Missing
from bench.machine import machine
from bench.tables import table

RESULTS = Path(__file__).resolve().parent / "results"
LIVE = ("fanout", "slowreaders", "coalescing", "burst", "join", "processes")
# Modules of bench, each with `measure()`; the live ones also with `measure(short=True)`.
BENCHMARKS = ("grouping", "assignment", "pages", "search", "threads", "loop", "visit", *LIVE)


def main(words: list[str]) -> None:
    """Run all benchmarks, or those that are named; fails if anything was lost or doubled."""
    short = "--short" in words
    named = [word for word in words if word != "--short"]
    unknown = [word for word in named if word not in BENCHMARKS]
    if unknown:
        sys.exit(f"no benchmark: {' '.join(unknown)}; there are {', '.join(BENCHMARKS)}")
    RESULTS.mkdir(exist_ok=True)
    found = {name: _run(name, short) for name in named or (LIVE if short else BENCHMARKS)}
    _say_missed(found)
    if any(row.get("exact") is False for _, _, row in _rows(found)):
        sys.exit("something was lost, doubled or out of order")


def _run(name: str, short: bool) -> dict[str, Any]:
    """One benchmark: printed, and kept."""
    module = import_module(f"bench.{name}")
    load, begun = os.getloadavg(), time.monotonic()
    try:
        if short and name in LIVE:
            figures = _without_targets(module.measure(short=True))
        else:
            figures = module.measure()
    except Missing as missing:
        print(f"\n{name}: left out: {missing}")
        return {}
    seconds = round(time.monotonic() - begun)
    print(f"\n{name} ({seconds} s): {module.__doc__ or ''}\n\n{table(figures)}", flush=True)
    kept = {"benchmark": name, "short": short, "seconds": seconds, "load_before": load}
    stamp = time.strftime("%Y%m%d-%H%M%S")
    kept |= {"machine": machine(), "figures": figures}
    (RESULTS / f"{name}-{stamp}.json").write_text(json.dumps(kept, indent=2))
    return dict(figures)


def _without_targets(figures: dict[str, Any]) -> dict[str, Any]:
    """What a handful of people takes for seconds says nothing about a hall."""
    return {
        label: {name: value for name, value in row.items() if name not in ("met", "target")}
        for label, row in figures.items()
    }


def _say_missed(found: dict[str, Any]) -> None:
    """The targets that were not met, once more, where nobody overlooks them."""
    missed = [(name, label) for name, label, row in _rows(found) if row.get("met") is False]
    print(f"\ntargets that were missed: {len(missed)}")
    for name, label in missed:
        print(f"  {name}: {label}")


def _rows(found: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (name, label, row)
        for name, figures in found.items()
        for label, row in figures.items()
        if isinstance(row, dict)
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
