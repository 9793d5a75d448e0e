"""Who may react to a post: whoever may write in its thread."""

from typing import Any

from sqlalchemy import ColumnElement, and_

from app.forums.models import Post
from app.forums.permissions import threads_of_member
from app.permissions import MEMBERS, allow


def shown_to(member: Any) -> ColumnElement[bool]:
    """Which posts can be reacted to: those that are shown, in threads that the member reads."""
    return and_(
        Post.shown(),
        Post.thread.has(threads_of_member(member)),
    )


allow("reactions.react", MEMBERS, visible=shown_to)
