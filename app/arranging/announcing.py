"""How the arranging of a thread is announced: to its readers, and to the log."""

from app.arranging.facts import ThreadArranged
from app.extensions import db
from app.forums.facts import ThreadActive, ThreadChanged
from app.forums.models import Post, Thread
from app.outbox import announce
from app.spaces.models import Member


def announce_change(thread: Thread) -> None:
    """A thread looks different, where it is read and where it is listed."""
    db.session.flush()
    announce(ThreadChanged(thread.id), thread.channel)
    announce(ThreadActive(thread.forum.id, thread.id), thread.forum.channel)


def log(
    member: Member,
    deed: str,
    thread: Thread,
    detail: str = "",
    *,
    post: Post | None = None,
    space_id: int | None = None,
) -> None:
    """Let the log of a space know who has done what; of the member's own unless told."""
    post_id = post.id if post else None
    place = space_id or member.space_id
    announce(ThreadArranged(place, thread.id, member.account_id, deed, detail, post_id))
