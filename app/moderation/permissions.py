"""Who may report, and who decides."""

from typing import Any

from sqlalchemy import ColumnElement, and_, select

from app.forums.models import Post, Thread
from app.forums.subjects import readable_by
from app.permissions import COORDINATORS, MEMBERS, allow


def reportable(person: Any) -> ColumnElement[bool]:
    """Which posts stand there to be read, in threads that this person may read."""
    threads = select(Thread.id).where(readable_by(person))
    return and_(Post.shown(), Post.thread_id.in_(threads))


allow("moderation.report", MEMBERS, visible=reportable)
allow("moderation.decide", COORDINATORS)
