"""Lists of forums and threads, as they are shown: neutral, with nothing of the reader's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from app.accounts.models import Account
from app.events.models import Participant
from app.extensions import db
from app.forums.models import Forum, Post, Thread
from app.forums.tags import Tag, tags_of
from app.spaces.models import Space

PAGE = 30  # threads


@dataclass(frozen=True)
class Row:
    """A thread as lists show it."""

    thread: Thread
    starter: str | None
    last_author: str | None
    tags: Sequence[Tag]


@dataclass(frozen=True)
class Rows:
    """A page of a forum's threads; `older` is where the next one begins."""

    pinned: Sequence[Row]
    others: Sequence[Row]
    older: str | None
    is_first: bool


def ids_of(
    table: type[Forum | Thread], ids: Sequence[int], condition: ColumnElement[bool]
) -> Sequence[int]:
    """Those of these forums or threads that meet the condition."""
    return db.session.scalars(select(table.id).where(table.id.in_(ids), condition)).all()


def forums_of(space: Space, *, archived: bool = False) -> Sequence[Forum]:
    """The forums of a space in their order."""
    closed = Forum.archived_at.is_not(None) if archived else Forum.archived_at.is_(None)
    return db.session.scalars(
        select(Forum).where(Forum.space_id == space.id, closed).order_by(Forum.position, Forum.id)
    ).all()


def forum_contexts(forums: Sequence[Forum]) -> dict[int, dict[str, Any]]:
    """Each of these forums with its newest thread."""
    newest = {row.thread.forum_id: row for row in rows_of(Thread.id.in_(_newest_ids(forums)))}
    return {forum.id: {"forum": forum, "newest": newest.get(forum.id)} for forum in forums}


def _newest_ids(forums: Sequence[Forum]) -> Sequence[int]:
    newest = (
        select(Thread.id)
        .where(
            Thread.forum_id == Forum.id,
            Thread.hidden_at.is_(None),
            Thread.merged_into_id.is_(None),
            Thread.last_post_id > 0,
        )
        .order_by(Thread.last_post_id.desc())
        .limit(1)
        .correlate(Forum)
        .scalar_subquery()
    )
    ids = db.session.scalars(select(newest).where(Forum.id.in_([f.id for f in forums])))
    return [id for id in ids if id is not None]


def rows_of(*conditions: ColumnElement[bool]) -> Sequence[Row]:
    """The threads that meet the conditions, the latest first."""
    return _rows(_shown_threads(*conditions))


def row_contexts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Those of these threads that everybody in the space sees, as contexts of their rows."""
    rows = rows_of(Thread.id.in_(ids), Thread.forum_id.is_not(None))
    return {row.thread.id: _context(row) for row in rows}


def head_contexts(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These threads as their own pages show them, hidden ones too."""
    rows = _rows(_threads(Thread.id.in_(ids), Thread.forum_id.is_not(None)))
    solutions = _posts([row.thread.accepted_post_id for row in rows])
    return {
        row.thread.id: {
            **_context(row),
            "accepted": solutions.get(row.thread.accepted_post_id),
        }
        for row in rows
    }


def _posts(ids: Sequence[int | None]) -> dict[Any, Post]:
    wanted = [id for id in ids if id is not None]
    if not wanted:
        return {}
    found = db.session.scalars(select(Post).where(Post.id.in_(wanted)))
    return {post.id: post for post in found}


def _context(row: Row) -> dict[str, Any]:
    return {"row": row, "forum_id": row.thread.forum_id, "space_id": row.thread.space_id}


def threads_page(
    forum: Forum, *conditions: ColumnElement[bool], before: tuple[int, int] | None = None
) -> Rows:
    """A page of a forum's threads: pinned ones first, then by the newest post.

    `before` is the key of the last thread on the page before this one: its newest post, its id.
    """
    here = (Thread.forum_id == forum.id, *conditions)
    pinned = [] if before else _rows(_shown_threads(*here, Thread.pinned_at.is_not(None)))
    query = _shown_threads(*here, Thread.pinned_at.is_(None))
    if before is not None:
        newest, id = before
        query = query.where(
            Thread.last_post_id <= newest, (Thread.last_post_id < newest) | (Thread.id < id)
        )
    found = _rows(query.limit(PAGE + 1))
    more = found[PAGE - 1].thread if len(found) > PAGE else None
    older = f"{more.last_post_id}-{more.id}" if more else None
    return Rows(pinned, found[:PAGE], older, before is None)


def _shown_threads(*conditions: ColumnElement[bool]) -> Select[Any]:
    return _threads(Thread.hidden_at.is_(None), *conditions)


def _threads(*conditions: ColumnElement[bool]) -> Select[Any]:
    query: Select[Any] = _all_threads().where(*conditions)
    return query


@cache
def _all_threads() -> Any:
    """Threads with the names under their first and last posts."""
    starter, last, author = aliased(Account), aliased(Post), aliased(Account)
    return (
        select(Thread, starter.name, author.name, Participant.name)
        .outerjoin(starter, starter.id == Thread.account_id)
        .outerjoin(last, last.id == Thread.last_post_id)
        .outerjoin(author, author.id == last.account_id)
        .outerjoin(Participant, Participant.id == last.participant_id)
        .order_by(Thread.last_post_id.desc(), Thread.id.desc())
    )


def _rows(query: Select[Any]) -> Sequence[Row]:
    found = db.session.execute(query).all()
    tags = tags_of([thread.id for thread, *_ in found]) if found else {}
    return [
        Row(thread, starter, last_author or guest, tags.get(thread.id, ()))
        for thread, starter, last_author, guest in found
    ]
