"""How far people have read, when posts change their thread: nothing new is lost to anybody."""

from typing import Any

from sqlalchemy import Select, case, delete, func, insert, literal, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.addresses import MOST_ID
from app.database import dialect_insert
from app.extensions import db
from app.forums.models import Post, Reading, Thread
from app.spaces.models import Membership


def part_readings(thread: Thread, new: Thread) -> None:
    """Whoever has read a thread up to a post has read its part up to the same post."""
    theirs = select(literal(new.id), Reading.account_id, Reading.post_id, Reading.read_at)
    columns = ["thread_id", "account_id", "post_id", "read_at"]
    query = theirs.where(Reading.thread_id == thread.id)
    db.session.execute(insert(Reading).from_select(columns, query, include_defaults=False))


def carry_over(thread: Thread, into: Thread) -> None:
    """Let everybody have read the two threads together up to the first post new to them in either.

    To be called before the posts change their thread.
    """
    rows = [
        {"thread_id": into.id, "account_id": account_id, "post_id": _before(one, other, newest)}
        for account_id, one, other, newest in db.session.execute(_first_new(thread, into))
    ]
    db.session.execute(delete(Reading).where(Reading.thread_id == thread.id))
    if rows:
        upsert = dialect_insert(Reading)
        changed = {"post_id": upsert.excluded.post_id}
        keys = [Reading.account_id, Reading.thread_id]
        db.session.execute(upsert.on_conflict_do_update(index_elements=keys, set_=changed), rows)


def _before(one: int | None, other: int | None, newest: int) -> int:
    new = [post_id for post_id in (one, other) if post_id is not None]
    return min(new) - 1 if new else newest


def _first_new(thread: Thread, into: Thread) -> Select[Any]:
    """For all who have read in either: the first post new to them in each, and the newest."""
    readers = select(Reading.account_id).where(Reading.thread_id.in_([thread.id, into.id]))
    newest = select(func.max(Post.id)).where(Post.thread_id.in_([thread.id, into.id]))
    return select(
        Account.id,
        _first_new_in(thread),
        _first_new_in(into),
        func.coalesce(newest.scalar_subquery(), 0),
    ).where(Account.id.in_(readers))


def _first_new_in(thread: Thread) -> Any:
    reading, membership = aliased(Reading), aliased(Membership)
    read = (
        select(reading.post_id)
        .where(reading.thread_id == thread.id, reading.account_id == Account.id)
        .correlate(Account)
        .scalar_subquery()
    )
    floor = (
        select(membership.read_floor)
        .where(membership.space_id == thread.forum.space_id, membership.account_id == Account.id)
        .correlate(Account)
        .scalar_subquery()
    )
    known = case((floor >= func.coalesce(read, 0), floor), else_=func.coalesce(read, MOST_ID))
    return (
        select(Post.id)
        .where(
            Post.thread_id == thread.id,
            Post.id > known,
            Post.account_id.is_distinct_from(Account.id),
            Post.shown(),
        )
        .order_by(Post.id)
        .limit(1)
        .correlate(Account)
        .scalar_subquery()
    )
