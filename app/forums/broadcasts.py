"""Which fact of a discussion redraws what, for those who are looking at it."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.events.facts import CardHidden
from app.events.marks import marks
from app.extensions import db
from app.forums import queries
from app.forums.facts import (
    ForumChanged,
    OwnPostsChanged,
    PostChanged,
    PostWritten,
    ReadersChanged,
    ThreadActive,
    ThreadChanged,
    ThreadOpened,
)
from app.forums.models import Forum, Thread
from app.forums.queries.cards import looks
from app.realtime import Partial, Redraw, Shut, View, redraws
from app.realtime.partials import Change

IN_SPACE = frozenset({View.SPACE})


def _forums(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    shown = select(Forum).where(Forum.id.in_(ids), Forum.archived_at.is_(None))
    return queries.forum_contexts(db.session.scalars(shown).all())


post = Partial(
    "forums/_post.html",
    "post-{id}",
    queries.posts_by_id,
    frozenset({View.HALL}),
    into="posts-{thread_id}",
)

# In a forum a page shows a window of the posts: only the last one takes new posts in.
card = Partial("forums/_card.html", "post-{id}", queries.card_contexts_by_id, IN_SPACE, looks=looks)
new_card = Partial(
    "forums/_card.html",
    "post-{id}",
    queries.card_contexts_by_id,
    IN_SPACE,
    into="latest-{thread_id}",
    looks=looks,
)
state = Partial("forums/_state.html", "thread-state-{id}", queries.head_contexts, IN_SPACE)
head = Partial("forums/_head.html", "thread-head-{id}", queries.head_contexts, IN_SPACE)
row = Partial("forums/_row.html", "thread-{id}", queries.row_contexts, IN_SPACE)
new_row = Partial(
    "forums/_row.html",
    "thread-{id}",
    queries.row_contexts,
    IN_SPACE,
    into="threads-{forum_id}",
    first=True,
)
forum_row = Partial("forums/_forum.html", "forum-{id}", _forums, IN_SPACE)


@redraws(PostWritten)
def _written(fact: PostWritten) -> Iterable[Change]:
    return [
        Redraw(post, fact.post_id),
        Redraw(new_card, fact.post_id),
        Redraw(state, fact.thread_id),
    ]


@redraws(PostChanged)
def _changed(fact: PostChanged) -> Iterable[Change]:
    thread = fact.thread_id  # whose head shows the post that solved it
    return [*_with_neighbours(fact.post_id), Redraw(state, thread), Redraw(head, thread)]


@redraws(CardHidden)
def _hidden(fact: CardHidden) -> Iterable[Change]:
    return _with_neighbours(fact.id) if fact.kind == "post" else []


def _with_neighbours(post_id: int) -> list[Change]:
    """A quote of what has changed would still say the old."""
    ids = (post_id, *queries.neighbours(post_id))
    return [Redraw(partial, id) for id in ids for partial in (post, card)]


@redraws(OwnPostsChanged)
def _own_changed(fact: OwnPostsChanged) -> Iterable[Change]:
    return [Redraw(marks, fact.participant_id)]


@redraws(ThreadActive)
def _active(fact: ThreadActive) -> Iterable[Change]:
    return [Redraw(row, fact.thread_id), Redraw(forum_row, fact.forum_id)]


@redraws(ThreadOpened)
def _opened(fact: ThreadOpened) -> Iterable[Change]:
    return [Redraw(new_row, fact.thread_id)]


@redraws(ThreadChanged)
def _thread_changed(fact: ThreadChanged) -> Iterable[Change]:
    accepted = db.session.scalar(select(Thread.accepted_post_id).where(Thread.id == fact.thread_id))
    cards = [Redraw(card, accepted)] if accepted else []
    return [Redraw(head, fact.thread_id), *cards]


@redraws(ReadersChanged)
def _readers_changed(fact: ReadersChanged) -> Iterable[Change]:
    return [Shut(f"thread:{fact.thread_id}")]


@redraws(ForumChanged)
def _forum_changed(fact: ForumChanged) -> Iterable[Change]:
    return [Redraw(forum_row, fact.forum_id)]
