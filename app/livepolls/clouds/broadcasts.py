"""A new picture is drawn on the screen."""

from collections.abc import Iterable

from app.livepolls.clouds.facts import CloudDrawn
from app.livepolls.clouds.queries import contexts
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change

words = Partial("livepolls/_words.html", "poll-words-{id}", contexts, frozenset({View.SCREEN}))


@redraws(CloudDrawn)
def _drawn(fact: CloudDrawn) -> Iterable[Change]:
    return [Redraw(words, fact.poll_id)]
