"""Who may do what in a discussion."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from app.forums.models import Post
from app.forums.subjects import readable_by
from app.permissions import EVERYBODY, WRITERS, allow


def visible_to_all() -> ColumnElement[bool]:
    """Which posts everybody sees; a withdrawn one leaves its place while it has replies."""
    reply = aliased(Post)
    has_replies = (
        select(reply.id)
        .where(
            reply.reply_to_id == Post.id,
            reply.withdrawn_at.is_(None),
            reply.hidden_at.is_(None),
        )
        .exists()
    )
    return and_(Post.hidden_at.is_(None), or_(Post.withdrawn_at.is_(None), has_replies))


def still_there(_person: Any) -> ColumnElement[bool]:
    """Which posts can still be changed by their authors."""
    return Post.withdrawn_at.is_(None)


allow("forums.read", EVERYBODY, visible=readable_by)
allow("forums.write", WRITERS, visible=readable_by)
allow("forums.edit", WRITERS, own=True, visible=still_there)
