"""What pages cost, against a bare page with one query and fifty rows."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import event as sqlalchemy_event

from app.extensions import db
from bench.bare import bare_page
from bench.hall import open_hall
from bench.machine import interleaved_milliseconds

ROUNDS = 25
BUDGETS = {"live page": 6, "cockpit": 60, "results": 35}  # times the bare page


def measure() -> dict[str, Any]:
    """CPU milliseconds a request, the ratio to the bare page, and queries."""
    hall = open_hall(500)
    calls = {
        "live page": partial(hall.participant.get, f"/e/{hall.code}"),
        "cockpit": partial(hall.moderator.get, f"/e/{hall.code}/cockpit"),
        "results": partial(hall.participant.get, f"/e/{hall.code}/results"),
    }
    return figures_of(hall.app, calls, BUDGETS, ROUNDS)


def figures_of(
    app: Flask,
    calls: Mapping[str, Callable[[], Any]],
    budgets: Mapping[str, float],
    rounds: int,
) -> dict[str, Any]:
    """What each request costs beside the bare page, and whether that is within its budget."""
    spans = interleaved_milliseconds({"bare page": bare_page(), **calls}, rounds)
    rows: dict[str, Any] = {"bare page": {"cpu_ms": round(spans["bare page"], 2)}}
    for name, call in calls.items():
        ratio = round(spans[name] / spans["bare page"], 1)
        rows[name] = {"cpu_ms": round(spans[name], 2), "to_bare": ratio, **_answer(app, call)}
        if name in budgets:
            rows[name]["met"] = ratio <= budgets[name]
            rows[name]["target"] = f"<= {budgets[name]} x the bare page"
    return rows


def _answer(app: Flask, call: Callable[[], Any]) -> dict[str, int]:
    answer = call()
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{answer.request.path} answered {answer.status_code}")
    return {"queries": queries(app, call), "bytes": len(answer.data)}


def queries(app: Flask, do: Callable[[], object]) -> int:
    """How many queries a request sends."""
    seen: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    sqlalchemy_event.listen(engine, "before_cursor_execute", count)
    do()
    sqlalchemy_event.remove(engine, "before_cursor_execute", count)
    return len([s for s in seen if not s.startswith(("BEGIN", "ROLLBACK"))])
