"""What people do about posts that should not stand; each runs inside a transaction."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from app.database import dialect_insert, now
from app.errors import Conflict
from app.extensions import db
from app.forums.counting import count_posts, count_threads
from app.forums.facts import PostChanged, ThreadActive, ThreadChanged, ThreadOpened
from app.forums.models import Post, Thread
from app.moderation.facts import ReportsChanged, ReportSettled, ThreadHidden
from app.moderation.log import note
from app.moderation.models import Outcome, PostReport
from app.moderation.queries import coordinator_channels, has_others_to_decide
from app.outbox import announce
from app.spaces.models import Member


def report(post: Post, member: Member, reason: str) -> bool:
    """Ask the coordinators to look at a post; once per person. Returns whether it is new."""
    insert = dialect_insert(PostReport).values(
        post_id=post.id, account_id=member.account_id, reason=reason
    )
    new = db.session.scalar(insert.on_conflict_do_nothing().returning(PostReport.id)) is not None
    if new:
        _announce_reports(post.thread.forum.space_id)
    return new


def hide_post(post: Post, member: Member, reason: str) -> None:
    """Take a post off all pages; its place and the reason remain. Its thread is held."""
    if post.hidden_at is not None:
        return
    was_shown = not post.is_withdrawn
    post.hide(True)
    post.hidden_reason = reason
    count_posts(post.thread, -1 if was_shown else 0)
    note(member, "hid_post", post.thread, post, reason=reason)
    _settle(_reports(post, None), Outcome.HIDDEN, post)
    _announce_post(post)


def restore_post(post: Post, member: Member) -> None:
    """Show a hidden post again. Its thread is held."""
    if post.hidden_at is None:
        return
    _require_somebody_else(post, member)
    reason = post.hidden_reason
    post.hide(False)
    post.hidden_reason = ""
    count_posts(post.thread, 0 if post.is_withdrawn else 1)
    note(member, "restored_post", post.thread, post, detail=reason)
    _settle(_reports(post, Outcome.HIDDEN), Outcome.RESTORED, post)
    _announce_post(post)


def dismiss_reports(post: Post, member: Member, reason: str = "") -> None:
    """Leave a reported post where it is. Its thread is held."""
    _require_somebody_else(post, member)
    waiting = _reports(post, None)
    if waiting:
        note(member, "dismissed_reports", post.thread, post, reason=reason)
        _settle(waiting, Outcome.DISMISSED, post)


def reopen_reports(post: Post, member: Member) -> None:
    """Look once more at reports that were dismissed. Its thread is held."""
    _require_somebody_else(post, member)
    dismissed = _reports(post, Outcome.DISMISSED)
    if dismissed:
        note(member, "reopened_reports", post.thread, post)
        _settle(dismissed, None, post)


def hide_thread(thread: Thread, member: Member, reason: str) -> None:
    """Take a whole thread off all pages. It is held."""
    if thread.hidden_at is None:
        thread.hidden_at, thread.hidden_reason = now(), reason
        count_threads(thread.forum, -1 if thread.merged_into_id is None else 0)
        note(member, "hid_thread", thread, reason=reason)
        _announce_thread(thread)
        announce(ThreadHidden(thread.id), thread.channel)


def restore_thread(thread: Thread, member: Member) -> None:
    """Show a hidden thread again. It is held."""
    if thread.hidden_at is not None:
        note(member, "restored_thread", thread, detail=thread.hidden_reason)
        thread.hidden_at, thread.hidden_reason = None, ""
        count_threads(thread.forum, 1 if thread.merged_into_id is None else 0)
        announce(ThreadOpened(thread.id), thread.forum.channel)
        _announce_thread(thread)


def _require_somebody_else(post: Post, member: Member) -> None:
    """Nobody decides about their own post where another coordinator can."""
    if member.wrote(post) and has_others_to_decide(member.space_id, member.account_id):
        raise Conflict(_l("This post is yours: another coordinator decides about it."))


def _reports(post: Post, outcome: Outcome | None) -> Sequence[PostReport]:
    is_so = PostReport.outcome.is_(None) if outcome is None else PostReport.outcome == outcome
    return db.session.scalars(select(PostReport).where(PostReport.post_id == post.id, is_so)).all()


def _settle(reports: Sequence[PostReport], outcome: Outcome | None, post: Post) -> None:
    for report in reports:
        report.settle(outcome)
    db.session.flush()
    for report in reports:
        if report.account_id is not None:
            announce(ReportSettled(report.id), f"account:{report.account_id}")
    if reports:
        _announce_reports(post.thread.forum.space_id)


def _announce_reports(space_id: int) -> None:
    announce(ReportsChanged(space_id), f"reports:{space_id}", *coordinator_channels(space_id))


def _announce_post(post: Post) -> None:
    db.session.flush()
    announce(PostChanged(post.thread_id, post.id), post.thread.channel)


def _announce_thread(thread: Thread) -> None:
    db.session.flush()
    announce(ThreadChanged(thread.id), thread.channel)
    announce(ThreadActive(thread.forum.id, thread.id), thread.forum.channel)
