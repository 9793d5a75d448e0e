"""Who may add files, and who may fetch them."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.files.models import File
from app.forums.models import Forum, Post, Thread
from app.forums.permissions import threads_readable_by
from app.permissions import MEMBERS, SpaceRole, allow
from app.spaces.models import Membership
from app.spaces.permissions import readable_ids

allow("files.add", MEMBERS)


def files_readable_by(account_id: Any) -> ColumnElement[bool]:
    """Which files stand with posts that everybody sees, in threads this account may read."""
    threads = select(Thread.id).where(threads_readable_by(account_id))
    posts = select(Post.id).where(Post.thread_id.in_(threads), Post.shown())
    return File.post_id.in_(posts)


def files_open_to(account_id: int) -> ColumnElement[bool]:
    """Which files this account may fetch.

    Besides what everybody reads: what waits to be sent is its owner's alone, and what is hidden
    is shown to the coordinators of its space, and a hidden post to its author.
    """
    waiting = and_(File.post_id.is_(None), File.account_id == account_id)
    return or_(waiting, files_readable_by(account_id), File.post_id.in_(_hidden(account_id)))


def _hidden(account_id: int) -> Any:
    coordinated = select(Membership.space_id).where(
        Membership.account_id == account_id, Membership.role == SpaceRole.COORDINATOR
    )
    own = and_(
        Post.account_id == account_id,
        Thread.hidden_at.is_(None),
        Forum.space_id.in_(readable_ids(account_id)),
    )
    return (
        select(Post.id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Forum, Forum.id == Thread.forum_id)
        .where(Post.withdrawn_at.is_(None), or_(own, Forum.space_id.in_(coordinated)))
    )
