"""Which pages go elsewhere, or are read anew, when threads move, part and grow together."""

from collections.abc import Iterable

from flask import url_for

from app.arranging.facts import ThreadLeft, ThreadMoved, ThreadRegrouped, ThreadsMerged
from app.realtime import Dismiss, Stream, View, redraws
from app.realtime.partials import Change

SPACE = frozenset({View.SPACE})


@redraws(ThreadMoved)
def _moved(fact: ThreadMoved) -> Iterable[Change]:
    """All come back by themselves, but those who may not read the new space."""
    return [Dismiss(View.SPACE)] if fact.changes_space else []


@redraws(ThreadLeft)
def _left(fact: ThreadLeft) -> Iterable[Change]:
    """Its row goes; where it stands now, another comes."""
    return [Stream("remove", f"thread-{fact.thread_id}", views=SPACE)]


@redraws(ThreadsMerged)
def _merged(fact: ThreadsMerged) -> Iterable[Change]:
    if fact.changes_space:
        return [Dismiss(View.SPACE)]
    url = url_for("forums.show_thread", thread_id=fact.into_id)
    return [Stream("visit", attributes=(("href", url),), views=SPACE)]


@redraws(ThreadRegrouped)
def _regrouped(_fact: ThreadRegrouped) -> Iterable[Change]:
    return [Stream("catch-up", views=SPACE)]
