"""What the pages of a space cost that has a thread of 100,000 posts, on both databases."""

from functools import partial
from typing import Any

from bench.forum import World, worlds
from bench.pages import figures_of

ROUNDS = 41
DEEPER = 1.1  # times the first window may the last one cost
BUDGETS = {  # times the bare page
    "front page": 20,
    "forum": 20,
    "first window": 20,
    "middle window": 20,
    "last window": 20,
    "unread jump": 5,
}


def measure() -> dict[str, Any]:
    """CPU milliseconds a request, the ratio to the bare page, and queries, by database."""
    with worlds() as made:
        return {
            f"{database}: {name}": row
            for database, world in made.items()
            for name, row in _figures(world).items()
        }


def pages_of(world: World) -> dict[str, str]:
    """The pages that are measured, by their names."""
    thread, ids = f"/threads/{world.thread_id}", world.post_ids
    return {
        "front page": f"/spaces/{world.space_id}",
        "forum": f"/forums/{world.forum_id}",
        "first window": thread,
        "middle window": f"{thread}?at={ids[len(ids) // 2]}",
        "last window": f"{thread}?after={ids[-31]}",
        "unread jump": f"{thread}/unread",
    }


def _figures(world: World) -> dict[str, Any]:
    calls = {name: partial(world.client.get, path) for name, path in pages_of(world).items()}
    rows = figures_of(world.app, calls, BUDGETS, ROUNDS)
    to_first = rows["last window"]["cpu_ms"] / rows["first window"]["cpu_ms"]
    rows["last window to first"] = {
        "to_first": round(to_first, 2),
        "met": to_first <= DEEPER,
        "target": f"<= {DEEPER} x",
    }
    return rows
