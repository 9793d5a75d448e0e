"""Reads of reports and of the log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.accounts.models import Account
from app.extensions import db
from app.forums.models import Forum, Post, Thread
from app.moderation.models import ModerationEntry, PostReport
from app.permissions import SpaceRole
from app.spaces.models import Membership

MOST = 30  # of anything on one page


@dataclass(frozen=True)
class Reported:
    """A post that waits for a decision, and what was said about it."""

    post: Post
    count: int
    reasons: list[str] = field(default_factory=list)


def waiting_in(space_id: int) -> ColumnElement[bool]:
    """Which reports wait for the coordinators of this space."""
    return PostReport.settled_at.is_(None) & PostReport.post_id.in_(_posts_in(space_id))


def _posts_in(space_id: int) -> Any:
    return (
        select(Post.id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Forum, Forum.id == Thread.forum_id)
        .where(Forum.space_id == space_id)
    )


def waiting_counts(space_ids: Sequence[int]) -> dict[int, int]:
    """How many reported posts wait in each of these spaces; one query."""
    rows = db.session.execute(
        select(Forum.space_id, func.count(PostReport.post_id.distinct()))
        .join(Post, Post.id == PostReport.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Forum, Forum.id == Thread.forum_id)
        .where(PostReport.settled_at.is_(None), Forum.space_id.in_(space_ids))
        .group_by(Forum.space_id)
    )
    return {space_id: count for space_id, count in rows}


def waiting(space_id: int) -> list[Reported]:
    """The reported posts that wait, those that have waited longest first."""
    rows = db.session.execute(
        select(PostReport.post_id, func.count(PostReport.id))
        .where(waiting_in(space_id))
        .group_by(PostReport.post_id)
        .order_by(func.min(PostReport.id))
        .limit(MOST)
    ).all()
    posts, said = _posts(id for id, _ in rows), _reasons([id for id, _ in rows])
    return [Reported(posts[id], count, said.get(id, [])) for id, count in rows]


def _posts(ids: Iterable[int]) -> dict[int, Post]:
    posts = db.session.scalars(
        select(Post)
        .options(joinedload(Post.account), joinedload(Post.thread).joinedload(Thread.forum))
        .where(Post.id.in_(list(ids)))
    )
    return {post.id: post for post in posts}


def _reasons(post_ids: Sequence[int]) -> dict[int, list[str]]:
    reports = db.session.scalars(
        select(PostReport)
        .where(
            PostReport.post_id.in_(post_ids),
            PostReport.settled_at.is_(None),
            PostReport.reason != "",
        )
        .order_by(PostReport.id)
    )
    found: dict[int, list[str]] = {}
    for report in reports:
        found.setdefault(report.post_id, []).append(report.reason)
    return found


def hidden_posts(space_id: int) -> Sequence[Post]:
    """The posts of a space that are hidden now, the latest first."""
    return db.session.scalars(
        select(Post)
        .join(Post.thread)
        .join(Thread.forum)
        .options(contains_eager(Post.thread).contains_eager(Thread.forum), joinedload(Post.account))
        .where(Forum.space_id == space_id, Post.hidden_at.is_not(None), Post.withdrawn_at.is_(None))
        .order_by(Post.hidden_at.desc())
        .limit(MOST)
    ).all()


def hidden_threads(space_id: int) -> Sequence[Thread]:
    """The threads of a space that are hidden now, the latest first."""
    return db.session.scalars(
        select(Thread)
        .join(Thread.forum)
        .options(contains_eager(Thread.forum))
        .where(Forum.space_id == space_id, Thread.hidden_at.is_not(None))
        .order_by(Thread.hidden_at.desc())
        .limit(MOST)
    ).all()


def entries(space_id: int, before: int | None = None) -> Sequence[ModerationEntry]:
    """The log of a space, the latest first; one more than a page shows, if there are more."""
    older = [ModerationEntry.id < before] if before else []
    return db.session.scalars(
        select(ModerationEntry)
        .options(joinedload(ModerationEntry.account), joinedload(ModerationEntry.thread))
        .where(ModerationEntry.space_id == space_id, *older)
        .order_by(ModerationEntry.id.desc())
        .limit(MOST + 1)
    ).all()


def report_of(post_id: int, account_id: int) -> PostReport | None:
    """What this person has reported of a post."""
    return db.session.scalar(
        select(PostReport).where(PostReport.post_id == post_id, PostReport.account_id == account_id)
    )


def reports_by(account: Account) -> Sequence[PostReport]:
    """What this person has reported, the latest first."""
    return reports_where(PostReport.account_id == account.id)


def reports_where(*conditions: ColumnElement[bool]) -> Sequence[PostReport]:
    """The reports that meet the conditions, with where their posts are, the latest first."""
    post = joinedload(PostReport.post)
    return db.session.scalars(
        select(PostReport)
        .options(post.joinedload(Post.thread).joinedload(Thread.forum))
        .where(*conditions)
        .order_by(PostReport.id.desc())
        .limit(200)
    ).all()


def coordinator_channels(space_id: int) -> list[str]:
    """Where the coordinators of a space are told what is for them alone."""
    ids = db.session.scalars(
        select(Membership.account_id).where(
            Membership.space_id == space_id, Membership.role == SpaceRole.COORDINATOR
        )
    )
    return [f"account:{id}" for id in ids]


def has_others_to_decide(space_id: int, account_id: int) -> bool:
    """Whether somebody else coordinates the space too."""
    other = select(Membership.account_id).where(
        Membership.space_id == space_id,
        Membership.role == SpaceRole.COORDINATOR,
        Membership.account_id != account_id,
    )
    return bool(db.session.scalar(select(other.exists())))
