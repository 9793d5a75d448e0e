"""Reads of reactions."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from app.extensions import db
from app.forums.models import Post
from app.reactions.models import PostReaction, Reaction

Counts = Mapping[Reaction, int]


def counts_of(posts: Sequence[Post]) -> dict[int, Counts]:
    """How often each thing was said to each of these posts: one query."""
    rows = db.session.execute(
        select(PostReaction.post_id, PostReaction.kind, func.count())
        .where(PostReaction.post_id.in_([post.id for post in posts]))
        .group_by(PostReaction.post_id, PostReaction.kind)
    )
    said = {(post_id, kind): n for post_id, kind, n in rows}
    return {
        post.id: {kind: said.get((post.id, kind), 0) for kind in Reaction}
        for post in posts
        if not post.is_hidden
    }


def own_reactions(account_id: int, post_ids: Sequence[int]) -> dict[int, list[Reaction]]:
    """What somebody has said to these posts, by post."""
    found: dict[int, list[Reaction]] = {}
    rows = db.session.scalars(
        select(PostReaction).where(
            PostReaction.account_id == account_id, PostReaction.post_id.in_(post_ids)
        )
    )
    for row in rows:
        found.setdefault(row.post_id, []).append(row.kind)
    return found
