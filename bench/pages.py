"""What pages cost, against a bare page with one query and fifty rows."""

from typing import Any

from sqlalchemy import event as sqlalchemy_event

from app.extensions import db
from bench.hall import Hall, open_hall
from bench.machine import cpu_milliseconds


def measure() -> dict[str, Any]:
    """CPU milliseconds a request, the ratio to the yardstick, and queries."""
    hall = open_hall(500)
    pages = {
        "yardstick": (hall.participant, "/yardstick"),
        "live page, 500 concerns": (hall.participant, f"/e/{hall.code}"),
        "what is personal": (hall.participant, f"/e/{hall.code}/mine"),
        "cockpit, 500 concerns": (hall.moderator, f"/e/{hall.code}/cockpit"),
        "results, 500 concerns": (hall.participant, f"/e/{hall.code}/results"),
    }
    figures = {name: _page(hall, *where) for name, where in pages.items()}
    bare = figures["yardstick"]["cpu_ms"]
    for row in figures.values():
        row["to_yardstick"] = round(row["cpu_ms"] / bare, 1)
    return figures


def _page(hall: Hall, client: Any, path: str) -> dict[str, Any]:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
    return {
        "cpu_ms": round(cpu_milliseconds(lambda: client.get(path)), 2),
        "queries": _queries(hall, client, path),
        "bytes": len(answer.data),
    }


def _queries(hall: Hall, client: Any, path: str) -> int:
    seen: list[str] = []

    def count(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    with hall.app.app_context():
        engine = db.engine
    sqlalchemy_event.listen(engine, "before_cursor_execute", count)
    client.get(path)
    sqlalchemy_event.remove(engine, "before_cursor_execute", count)
    return len([s for s in seen if not s.startswith(("BEGIN", "ROLLBACK"))])
