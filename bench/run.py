"""`make bench`: runs the benchmarks, prints their tables, keeps the figures as JSON."""

import json
import sys
import time
from pathlib import Path

from bench import assignment, grouping, pages
from bench.machine import machine

RESULTS = Path(__file__).resolve().parent / "results"
BENCHMARKS = {"grouping": grouping, "assignment": assignment, "pages": pages}


def main(wanted: list[str]) -> None:
    """Run all benchmarks, or those that are named."""
    RESULTS.mkdir(exist_ok=True)
    for name in wanted or BENCHMARKS:
        figures = BENCHMARKS[name].measure()
        stamp = time.strftime("%Y%m%d-%H%M%S")
        kept = {"benchmark": name, "machine": machine(), "figures": figures}
        (RESULTS / f"{name}-{stamp}.json").write_text(json.dumps(kept, indent=2))
        print(f"\n{name}")
        for label, value in figures.items():
            rows = value if isinstance(value, list) else [value]
            for row in rows:
                print(f"  {label:28} {json.dumps(row)}")


if __name__ == "__main__":
    main(sys.argv[1:])
