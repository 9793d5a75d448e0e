"""Which fact redraws the bell, for one person on all their pages."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.notifications import queries
from app.notifications.facts import NotificationsChanged
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change


def _counts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    counts = queries.counts(ids)
    return {id: {"account_id": id, "count": counts.get(id, 0)} for id in ids}


bell = Partial("notifications/_bell.html", "bell-{id}", _counts, frozenset({View.PERSON}))


@redraws(NotificationsChanged)
def _changed(fact: NotificationsChanged) -> Iterable[Change]:
    return [Redraw(bell, fact.account_id)]
