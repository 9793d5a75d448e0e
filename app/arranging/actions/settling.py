"""Pinned, closed, solved, named: what is said of one thread. It is held."""

from datetime import datetime

from flask_babel import lazy_gettext as _l

from app.arranging.announcing import announce_change, log
from app.database import now
from app.errors import Conflict
from app.forums.facts import PostChanged
from app.forums.models import Post, Thread
from app.outbox import announce
from app.spaces.models import Member


def set_pinned(thread: Thread, member: Member, pinned: bool) -> None:
    """Let a thread stand at the top of its forum, or in its order again."""
    if (thread.pinned_at is not None) != pinned:
        thread.pinned_at = _since(pinned)
        _done(thread, member, "pinned" if pinned else "unpinned")


def set_closed(thread: Thread, member: Member, closed: bool) -> None:
    """Let nobody write in a thread any more, or everybody again."""
    if (thread.closed_at is not None) != closed:
        thread.closed_at = _since(closed)
        _done(thread, member, "closed" if closed else "reopened")


def accept(thread: Thread, member: Member, post: Post | None) -> None:
    """Say which post solves the thread, or that none does."""
    accepted_id = post.id if post else None
    if thread.accepted_post_id == accepted_id:
        return
    if post is not None and (post.thread_id != thread.id or post.is_hidden):
        raise Conflict(_l("This post is no longer here."))
    earlier_id, thread.accepted_post_id = thread.accepted_post_id, accepted_id
    if earlier_id is not None:
        announce(PostChanged(thread.id, earlier_id), thread.channel)
    _done(thread, member, "accepted" if post else "unaccepted", post=post)


def rename(thread: Thread, member: Member, title: str) -> None:
    """Give a thread another title."""
    earlier = thread.title
    if earlier != title:
        thread.title = title
        _done(thread, member, "renamed", earlier)


def _since(so: bool) -> datetime | None:
    return now() if so else None


def _done(
    thread: Thread, member: Member, deed: str, detail: str = "", post: Post | None = None
) -> None:
    announce_change(thread)
    log(member, deed, thread, detail, post=post)
