"""Holding posts while they are changed: always their threads first, so that nobody deadlocks."""

from typing import Any

from sqlalchemy import Select, select

from app.database import found, locked
from app.errors import Conflict
from app.extensions import db
from app.forums.models import Post, Thread


def held_post(post_id: int) -> Post:
    """A post, held with its thread until the transaction ends; raises if it just moved away."""
    thread = locked(Thread, found(Post, post_id).thread_id)
    post = locked(Post, post_id)
    if post.thread_id != thread.id:
        raise Conflict
    return post


def hold_threads(ids: Select[Any]) -> None:
    """Hold several threads until the transaction ends, the lower id first."""
    query = select(Thread).where(Thread.id.in_(ids)).order_by(Thread.id)
    held = query.with_for_update(key_share=True, of=Thread)
    db.session.scalars(held.execution_options(populate_existing=True)).all()
