"""Reads for those who put threads in order."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager

from app.extensions import db
from app.forums.models import Forum, Thread
from app.forums.tags import Tag, ThreadTag
from app.permissions import SpaceRole
from app.spaces.models import Membership, Space

MOST_FOUND = 20  # threads


def coordinated(account_id: int) -> Select[Any]:
    """The ids of the spaces that somebody coordinates."""
    return select(Membership.space_id).where(
        Membership.account_id == account_id, Membership.role == SpaceRole.COORDINATOR
    )


def forums_to_move_to(account_id: int) -> dict[Space, list[Forum]]:
    """The open forums of all spaces that somebody coordinates, by space."""
    forums = db.session.scalars(
        select(Forum)
        .join(Forum.space)
        .options(contains_eager(Forum.space))
        .where(
            Space.id.in_(coordinated(account_id)),
            Space.archived_at.is_(None),
            Forum.archived_at.is_(None),
        )
        .order_by(Space.id, Forum.position, Forum.id)
    )
    found: dict[Space, list[Forum]] = {}
    for forum in forums:
        found.setdefault(forum.space, []).append(forum)
    return found


def threads_to_merge_into(account_id: int, thread: Thread, words: str) -> Sequence[Thread]:
    """Other threads in spaces that somebody coordinates, with these words in the title.

    Those of the same forum come first, then the latest.
    """
    named = [Thread.title.icontains(word, autoescape=True) for word in words.split()[:8]]
    return db.session.scalars(
        select(Thread)
        .join(Thread.forum)
        .options(contains_eager(Thread.forum))
        .where(
            Forum.space_id.in_(coordinated(account_id)),
            Thread.id != thread.id,
            Thread.hidden_at.is_(None),
            Thread.merged_into_id.is_(None),
            *named,
        )
        .order_by((Thread.forum_id != thread.forum_id), Thread.last_post_id.desc())
        .limit(MOST_FOUND)
    ).all()


def tag_uses(space_id: int) -> Sequence[tuple[Tag, int]]:
    """The tags of a space, each with how many threads carry it."""
    rows = db.session.execute(
        select(Tag, func.count(ThreadTag.thread_id))
        .outerjoin(ThreadTag, ThreadTag.tag_id == Tag.id)
        .where(Tag.space_id == space_id)
        .group_by(Tag.id)
        .order_by(Tag.folded)
    )
    return [(tag, count) for tag, count in rows]
