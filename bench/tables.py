"""Figures as a table that one can read: columns that stand under each other, the target last."""

from collections.abc import Iterable, Mapping
from typing import Any

LAST = ("met", "target")
WORDS = {True: "yes", False: "NO"}


def table(figures: Mapping[str, Any]) -> str:
    """Rows by their labels; a figure that is no row of its own has one column."""
    rows = dict(_flat(figures))
    names = _columns(rows.values())
    lines = [["", *(name.replace("_", " ") for name in names)]]
    lines += [[label, *(_word(row.get(name)) for name in names)] for label, row in rows.items()]
    widths = [max(len(line[at]) for line in lines) for at in range(len(names) + 1)]
    return "\n".join(_line(line, widths, names) for line in lines)


def _flat(figures: Mapping[str, Any]) -> Iterable[tuple[str, dict[str, Any]]]:
    """Several rows under one label are numbered; a bare figure is a row."""
    for label, value in figures.items():
        if isinstance(value, dict):
            yield label, value
        elif isinstance(value, list):
            yield from ((f"{label} #{number}", row) for number, row in enumerate(value, 1))
        else:
            yield label, {"figure": value}


def _columns(rows: Iterable[dict[str, Any]]) -> list[str]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    return [name for name in names if name not in LAST] + [n for n in LAST if n in names]


def _word(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return WORDS[value]
    if isinstance(value, list):
        return "/".join(map(_word, value)) or "-"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _line(line: list[str], widths: list[int], names: list[str]) -> str:
    """Labels and texts begin at the left, figures end at the right."""
    cells = [line[0].ljust(widths[0])]
    for word, width, name in zip(line[1:], widths[1:], names, strict=True):
        cells.append(word.ljust(width) if name in LAST else word.rjust(width))
    return "  " + "  ".join(cells).rstrip()
