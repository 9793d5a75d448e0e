"""Who may do what in a discussion."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from app.forums.models import Forum, Post, Thread
from app.forums.subjects import readable_by
from app.permissions import COORDINATORS, EVERYBODY, MEMBERS, READERS, WRITERS, allow
from app.spaces.models import Member
from app.spaces.permissions import readable_ids


def visible_to_all() -> ColumnElement[bool]:
    """Which posts everybody sees; a withdrawn one leaves its place while it has replies."""
    return and_(Post.hidden_at.is_(None), _stands())


def placed_in_forum() -> ColumnElement[bool]:
    """Which posts have a place in their forum's thread: hidden ones too, without their words."""
    return _stands()


@cache
def _stands() -> ColumnElement[bool]:
    reply = aliased(Post)
    has_replies = select(reply.id).where(reply.reply_to_id == Post.id, reply.shown()).exists()
    return or_(Post.withdrawn_at.is_(None), has_replies)


def still_there(_person: Any) -> ColumnElement[bool]:
    """Which posts can still be changed by their authors."""
    return Post.withdrawn_at.is_(None)


def threads_in(space_ids: Any) -> ColumnElement[bool]:
    """Which threads stand in a forum of these spaces, and are not hidden."""
    forums = select(Forum.id).where(Forum.space_id.in_(space_ids))
    return and_(Thread.forum_id.in_(forums), Thread.hidden_at.is_(None))


def threads_readable_by(account_id: Any) -> ColumnElement[bool]:
    """Which threads of all forums an account may read."""
    return threads_in(readable_ids(account_id))


def readable_forums(account_id: Any) -> ColumnElement[bool]:
    """Which forums an account may read."""
    return Forum.space_id.in_(readable_ids(account_id))


def threads_of_member(member: Member) -> ColumnElement[bool]:
    """Which threads somebody may read as what they are in one space: coordinators hidden ones."""
    if member.role in COORDINATORS:
        return Thread.forum_id.in_(select(Forum.id).where(Forum.space_id == member.space_id))
    return threads_in([member.space_id])


allow("forums.read", EVERYBODY | READERS, visible=readable_by)
allow("forums.write", WRITERS | MEMBERS, visible=readable_by)
allow("forums.edit", WRITERS | MEMBERS, own=True, visible=still_there)
allow("forums.start", MEMBERS)
allow("forums.arrange", COORDINATORS)
