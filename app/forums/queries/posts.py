"""Posts of discussions in events, and what stands beside them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, union
from sqlalchemy.orm import joinedload

from app.events.models import Participant
from app.extensions import db
from app.forums.models import Post, Thread
from app.forums.permissions import visible_to_all


@dataclass(frozen=True)
class Discussion:
    """A thread as it is shown."""

    thread: Thread
    posts: Sequence[Post]


def posts(*conditions: ColumnElement[bool]) -> Sequence[Post]:
    """The posts that meet the conditions, with authors and what they reply to, oldest first."""
    return db.session.scalars(
        select(Post)
        .options(
            joinedload(Post.author),
            joinedload(Post.reply_to).joinedload(Post.author),
            joinedload(Post.thread).joinedload(Thread.event),
        )
        .where(*conditions)
        .order_by(Post.id)
    ).all()


def discussion(thread: Thread) -> Discussion:
    """The thread with the posts that everybody sees."""
    return Discussion(thread, posts(Post.thread_id == thread.id, visible_to_all()))


def posts_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Those of these posts that everybody sees, as contexts of their cards."""
    seen = posts(Post.id.in_(ids), visible_to_all())
    return {post.id: {"post": post, "thread_id": post.thread_id} for post in seen}


def neighbours(post_id: int) -> Sequence[int]:
    """The posts that quote this one, and the one that it quotes."""
    quoting = select(Post.id).where(Post.reply_to_id == post_id)
    quoted = select(Post.reply_to_id).where(Post.id == post_id, Post.reply_to_id.is_not(None))
    return list(db.session.scalars(union(quoting, quoted)))


def own_posts(person: Participant) -> Sequence[Post]:
    """What this person has posted in the event and not withdrawn, oldest first."""
    return db.session.scalars(
        select(Post)
        .where(Post.participant_id == person.id, Post.withdrawn_at.is_(None))
        .order_by(Post.id)
    ).all()


def latest_posts(thread_ids: Sequence[int], most: int) -> Sequence[Post]:
    """The newest posts of these threads, hidden ones too: what moderators keep an eye on."""
    return db.session.scalars(
        select(Post)
        .options(joinedload(Post.author))
        .where(Post.thread_id.in_(thread_ids), Post.withdrawn_at.is_(None))
        .order_by(Post.id.desc())
        .limit(most)
    ).all()
