"""A thread's origin: how it stands above the posts, and is drawn again when words vanish."""

from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from app import outbox
from app.carryover import queries
from app.carryover.facts import OriginChanged
from app.forums.models import Thread
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change


def _load(thread_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    found = queries.origins(thread_ids)
    return {id: {"thread_id": id, "origins": origins} for id, origins in found.items()}


origin = Partial("carryover/_origin.html", "origin-{id}", _load, frozenset({View.SPACE}))


@redraws(OriginChanged)
def _changed(fact: OriginChanged) -> Iterable[Change]:
    return [Redraw(origin, fact.thread_id)]


def above(thread: Thread) -> list[Markup]:
    """The origin of a thread, as it stands in its page; of most threads there is none."""
    if not queries.was_carried(thread.id):
        return []
    version = outbox.position(thread.channel)
    return [origin.markup(_load([thread.id])[thread.id], View.SPACE, version)]
