"""Reading: how far somebody has come. A position never goes back."""

from sqlalchemy import func, select, update

from app.database import dialect_insert, now
from app.extensions import db
from app.forums.facts import ThreadsRead
from app.forums.models import Forum, Post, Reading, Thread
from app.forums.queries import unread_ends
from app.outbox import announce
from app.spaces.models import Membership


def note_reading(thread: Thread, account_id: int, post_id: int) -> None:
    """Somebody has read a thread up to this post."""
    _note(account_id, {thread.id: post_id})


def read_forum(forum: Forum, account_id: int) -> None:
    """Nothing that stands in a forum now is new to somebody any more."""
    _note(account_id, unread_ends(account_id, Thread.forum_id == forum.id))


def read_space(space_id: int, account_id: int) -> None:
    """Nothing that stands in a space now is new to somebody any more."""
    here = select(Forum.id).where(Forum.space_id == space_id)
    newest = select(func.max(Post.id)).scalar_subquery()
    raised = db.session.execute(
        update(Membership)
        .where(Membership.space_id == space_id, Membership.account_id == account_id)
        .values(read_floor=func.coalesce(newest, 0))
        .returning(Membership.read_floor)
    ).first()
    announce(ThreadsRead(account_id))
    if raised is None:  # somebody who only looks in
        _note(account_id, unread_ends(account_id, Thread.forum_id.in_(here)))


def _note(account_id: int, ends: dict[int, int]) -> None:
    if not ends:
        return
    rows = [
        {"account_id": account_id, "thread_id": thread, "post_id": post, "read_at": now()}
        for thread, post in sorted(ends.items())  # in one order: somebody has two devices
    ]
    insert = dialect_insert(Reading)
    statement = insert.on_conflict_do_update(
        index_elements=[Reading.account_id, Reading.thread_id],
        set_={"post_id": insert.excluded.post_id, "read_at": insert.excluded.read_at},
        where=Reading.post_id < insert.excluded.post_id,
    )
    db.session.execute(statement, rows)
    announce(ThreadsRead(account_id))
