"""What is new to somebody: posts after what they have read, written by others, and shown.

Counts stop at `MOST`, so that a thread of 100,000 new posts costs as little as one of a hundred.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    select,
)
from sqlalchemy.orm import aliased

from app.addresses import MOST_ID
from app.extensions import db
from app.forums.models import Forum, Post, Reading, Thread
from app.forums.queries.lists import Row, rows_of
from app.spaces.models import Membership, Space

MOST = 100  # from which on nobody counts
READER = bindparam("reader", type_=Integer)  # whose account; the statements are made only once


def unread_by_thread(account_id: int, thread_ids: Sequence[int]) -> dict[int, int]:
    """How many posts are new in each of these threads; those without any are left out."""
    return _counts(_new_by_thread().where(Thread.id.in_(thread_ids)), account_id)


def unread_by_forum(account_id: int, forum_ids: Sequence[int]) -> dict[int, int]:
    """How many threads have something new in each of these forums."""
    query, forum = _new_by_forum()
    return _counts(query.where(forum.id.in_(forum_ids)), account_id)


def unread_by_space(account_id: int, space_ids: Sequence[int]) -> dict[int, int]:
    """How many threads have something new in each of these spaces."""
    return _counts(_new_by_space().where(Space.id.in_(space_ids)), account_id)


def spaces_of(account_id: int) -> Sequence[int]:
    """The spaces that somebody has a membership in, or has read something in."""
    member = select(Membership.space_id).where(Membership.account_id == account_id)
    reader = (
        select(Forum.space_id)
        .join(Thread, Thread.forum_id == Forum.id)
        .join(Reading, Reading.thread_id == Thread.id)
        .where(Reading.account_id == account_id)
    )
    return db.session.scalars(member.union(reader)).all()


def unread_rows(account_id: int, space_id: int, most: int) -> Sequence[Row]:
    """The threads of a space that have something new, the latest first."""
    new = _new_threads().with_only_columns(Thread.id).where(Forum.space_id == space_id)
    newest = new.order_by(Thread.last_post_id.desc()).limit(most)
    ids = db.session.scalars(newest, {"reader": account_id}).all()
    return rows_of(Thread.id.in_(ids)) if ids else []


def unread_ends(account_id: int, condition: ColumnElement[bool]) -> dict[int, int]:
    """For the threads that meet the condition and have something new: their newest posts."""
    new = _new_threads().with_only_columns(Thread.id, Thread.last_post_id).where(condition)
    return {id: newest for id, newest in db.session.execute(new, {"reader": account_id})}


def first_unread(account_id: int, thread_id: int) -> int | None:
    """The first post of a thread that is new to somebody."""
    query = _first_new().where(Thread.id == thread_id)
    post_id: int | None = db.session.scalar(query, {"reader": account_id})
    return post_id


def _counts(query: Select[Any], account_id: int) -> dict[int, int]:
    found = db.session.execute(query, {"reader": account_id})
    return {id: count for id, count in found if count}


@cache
def _new_by_thread() -> Select[Any]:
    new = _up_to_most(_new_posts(), Thread, Reading, Membership)
    return _with_reader(select(Thread.id, new)).where(Thread.last_post_id > _known())


@cache
def _new_by_forum() -> tuple[Select[Any], Any]:
    forum = aliased(Forum)
    new = _up_to_most(_new_threads().where(Thread.forum_id == forum.id), forum)
    return select(forum.id, new), forum


@cache
def _new_by_space() -> Select[Any]:
    new = _up_to_most(_new_threads().where(Forum.space_id == Space.id), Space)
    return select(Space.id, new)


@cache
def _first_new() -> Select[Any]:
    query = _with_reader(select(Post.id).select_from(Thread))
    query = query.join(Post, and_(Post.thread_id == Thread.id, Post.id > _known()))
    return query.where(*_by_others()).order_by(Post.id).limit(1)


@cache
def _new_threads() -> Select[Any]:
    """The threads in which anything is new, with their forums."""
    new = _new_posts().correlate(Thread, Reading, Membership).exists()
    query = _with_reader(select(literal(1).label("one")).select_from(Thread))
    return query.where(Thread.hidden_at.is_(None), Thread.last_post_id > _known(), new)


def _up_to_most(query: Select[Any], *outside: Any) -> Any:
    """How many rows a query has, as a column of the query around it."""
    rows = query.limit(MOST).correlate(*outside).subquery()
    return select(func.count()).select_from(rows).scalar_subquery()


def _new_posts() -> Select[Any]:
    """The posts of a thread that are new; within a query `_with_reader`."""
    return select(literal(1)).where(Post.thread_id == Thread.id, Post.id > _known(), *_by_others())


def _by_others() -> tuple[ColumnElement[bool], ...]:
    return (
        Post.account_id.is_distinct_from(READER),
        Post.shown(),
    )


def _with_reader(query: Select[Any]) -> Select[Any]:
    """Threads beside their forum, what somebody is in its space, and how far they have read."""
    here = and_(Membership.space_id == Forum.space_id, Membership.account_id == READER)
    theirs = and_(Reading.thread_id == Thread.id, Reading.account_id == READER)
    return (
        query.join(Forum, Forum.id == Thread.forum_id)
        .outerjoin(Membership, here)
        .outerjoin(Reading, theirs)
    )


def _known() -> ColumnElement[int]:
    """Up to which post nothing in a thread is new: the floor of the membership, or the reading.

    Whoever only looks in, without a membership, is told about threads that they have opened.
    """
    read = func.coalesce(Reading.post_id, 0)
    floor = Membership.read_floor
    return case((floor >= read, floor), else_=func.coalesce(Reading.post_id, MOST_ID))
