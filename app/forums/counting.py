"""What lists show of threads and forums without counting: kept right by all who change posts."""

from sqlalchemy import select

from app.extensions import db
from app.forums.facts import ForumChanged, ThreadActive
from app.forums.models import Forum, Post, Thread
from app.outbox import announce


def count_posts(thread: Thread, by: int) -> None:
    """A forum's thread shows so many more posts, or fewer; find its newest. The thread is held."""
    if thread.forum_id is None or by == 0:
        return
    db.session.flush()
    newest = db.session.execute(
        select(Post.id, Post.created_at)
        .where(Post.thread_id == thread.id, Post.shown())
        .order_by(Post.id.desc())
        .limit(1)
    ).first()
    thread.post_count = Thread.post_count + by
    thread.last_post_id = newest.id if newest else 0
    thread.last_posted_at = newest.created_at if newest else thread.created_at
    announce(ThreadActive(thread.forum_id, thread.id), thread.forum.channel)


def count_threads(forum: Forum, by: int) -> None:
    """A forum shows so many more threads, or fewer."""
    forum.thread_count = Forum.thread_count + by
    db.session.flush()
    if by:
        announce(ForumChanged(forum.id), forum.channel)
