"""The log: every deed of the coordinators is noted in the transaction in which it is done."""

from flask_babel import lazy_gettext as _l

from app.arranging.facts import ThreadArranged
from app.extensions import db
from app.forums.models import Post, Thread
from app.moderation.models import ModerationEntry
from app.outbox import follows
from app.spaces.models import Member

WORDS = {
    "hid_post": _l("hid a post"),
    "restored_post": _l("showed a hidden post again"),
    "dismissed_reports": _l("left a reported post where it is"),
    "reopened_reports": _l("took up a report again"),
    "hid_thread": _l("hid the thread"),
    "restored_thread": _l("showed the thread again"),
    "pinned": _l("pinned the thread"),
    "unpinned": _l("unpinned the thread"),
    "closed": _l("closed the thread"),
    "reopened": _l("opened the thread again"),
    "accepted": _l("marked the thread as solved"),
    "unaccepted": _l("took the mark as solved away"),
    "renamed": _l("gave the thread another title"),
    "tagged": _l("changed the tags"),
    "moved": _l("moved the thread to another forum"),
    "moved_out": _l("moved the thread to another space"),
    "moved_in": _l("moved the thread here from another space"),
    "split": _l("made a new thread of some posts"),
    "merged": _l("merged the thread into another"),
    "merged_out": _l("merged the thread into one of another space"),
    "merged_in": _l("added the posts of a thread of another space"),
}


def note(
    member: Member,
    deed: str,
    thread: Thread,
    post: Post | None = None,
    *,
    reason: str = "",
    detail: str = "",
) -> None:
    """Write down what was done in the member's space."""
    entry = ModerationEntry(
        space_id=member.space_id,
        account_id=member.account_id,
        deed=deed,
        thread_id=thread.id,
        post_id=post.id if post else None,
        title=thread.title,
        reason=reason,
        detail=detail,
    )
    db.session.add(entry)


@follows(ThreadArranged)
def _arranged(fact: ThreadArranged) -> None:
    entry = ModerationEntry(
        space_id=fact.space_id,
        account_id=fact.account_id,
        deed=fact.deed,
        thread_id=fact.thread_id,
        post_id=fact.post_id,
        title=db.session.get_one(Thread, fact.thread_id).title,
        detail=fact.detail,
    )
    db.session.add(entry)
