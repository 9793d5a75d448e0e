"""Which fact of a discussion redraws what, for those who are looking at it."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.events.facts import CardHidden
from app.events.models import Participant
from app.extensions import db
from app.forums import queries
from app.forums.facts import OwnPostsChanged, PostChanged, PostWritten
from app.realtime import Partial, Redraw, View, redraws
from app.realtime.partials import Change


def own_context(person: Participant) -> dict[str, Any]:
    """Which posts are one person's own."""
    return {"own_posts": [p.id for p in queries.own_posts(person)]}


def _own(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    people = db.session.scalars(select(Participant).where(Participant.id.in_(ids)))
    return {person.id: own_context(person) for person in people}


post = Partial(
    "forums/_post.html",
    "post-{id}",
    queries.posts_by_id,
    frozenset({View.HALL}),
    into="posts-{thread_id}",
)
marks = Partial("forums/_marks.html", "post-marks", _own, frozenset({View.PERSON}))


@redraws(PostWritten)
def _written(fact: PostWritten) -> Iterable[Change]:
    return [Redraw(post, fact.post_id)]


@redraws(PostChanged)
def _changed(fact: PostChanged) -> Iterable[Change]:
    return _with_neighbours(fact.post_id)


@redraws(CardHidden)
def _hidden(fact: CardHidden) -> Iterable[Change]:
    return _with_neighbours(fact.id) if fact.kind == "post" else []


def _with_neighbours(post_id: int) -> list[Change]:
    """A quote of what has changed would still say the old."""
    return [Redraw(post, id) for id in (post_id, *queries.neighbours(post_id))]


@redraws(OwnPostsChanged)
def _own_changed(fact: OwnPostsChanged) -> Iterable[Change]:
    return [Redraw(marks, fact.participant_id)]
