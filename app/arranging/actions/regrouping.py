"""Threads that move, part and grow together. All threads are held, the lower id first."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, func, select, update

from app.arranging.actions.tagging import ensure_tags, replace_tags
from app.arranging.announcing import announce_change, log
from app.arranging.facts import ThreadLeft, ThreadMoved, ThreadRegrouped, ThreadsMerged
from app.arranging.readings import carry_over, part_readings
from app.errors import Conflict, Invalid
from app.extensions import db
from app.forums.counting import count_posts, count_threads
from app.forums.facts import ThreadChanged, ThreadOpened
from app.forums.models import FORUM, Forum, Post, Thread
from app.forums.tags import tags_of
from app.outbox import announce
from app.spaces.models import Member


def move(thread: Thread, member: Member, forum: Forum) -> None:
    """Let a thread stand in another forum: who may read it follows the space of that."""
    _require_no_marker(thread)
    source = thread.forum
    if source.id == forum.id:
        return
    _require_open(forum)
    changes_space = source.space_id != forum.space_id
    if changes_space:
        names = [tag.name for tag in tags_of([thread.id]).get(thread.id, [])]
        replace_tags(thread, ensure_tags(forum.space_id, names))
    thread.forum, thread.pinned_at = forum, None
    by = 0 if thread.hidden_at else 1
    for place, change in sorted([(source, -by), (forum, by)], key=lambda pair: pair[0].id):
        count_threads(place, change)
    announce(ThreadChanged(thread.id), thread.channel)
    if by:
        announce(ThreadLeft(thread.id), source.channel)
        announce(ThreadOpened(thread.id), forum.channel)
    announce(ThreadMoved(thread.id, source.id, forum.id, changes_space), thread.channel)
    _log_move(thread, member, source, forum)


def split(thread: Thread, member: Member, title: str, chosen: ColumnElement[bool]) -> Thread:
    """Make a new thread of those posts of a thread that meet a condition.

    What replies to them goes on pointing to them.
    """
    theirs = and_(Post.thread_id == thread.id, chosen)
    first = db.session.scalar(select(Post).where(theirs).order_by(Post.id).limit(1))
    if first is None:
        raise Invalid(_l("Please choose at least one post."))
    new = Thread(forum=thread.forum, subject=FORUM, title=title, account_id=first.account_id)
    db.session.add(new)
    db.session.flush()
    _take_posts(thread, new, theirs)
    if not db.session.scalar(select(Post.id).where(Post.thread_id == thread.id).limit(1)):
        raise Invalid(_l("Please leave at least one post where it is."))
    _keep_solution(thread)
    part_readings(thread, new)
    if thread.hidden_at:
        new.hidden_at, new.hidden_reason = thread.hidden_at, thread.hidden_reason
    count_threads(new.forum, 0 if new.hidden_at else 1)
    announce_change(thread)
    announce(ThreadOpened(new.id), new.forum.channel)
    announce(ThreadRegrouped(thread.id), thread.channel)
    log(member, "split", thread, title)
    return new


def merge(thread: Thread, member: Member, into: Thread) -> None:
    """Let all posts of a thread stand in another, in the order in which they were written.

    The thread remains as a marker, which leads to the other one.
    """
    _require_no_marker(thread)
    _require_no_marker(into)
    if thread.id == into.id:
        raise Invalid(_l("Please choose another thread."))
    carry_over(thread, into)
    _take_posts(thread, into, Post.thread_id == thread.id, stays_listed=True)
    _become_marker(thread, into)
    announce_change(thread)
    announce_change(into)
    announce(ThreadRegrouped(into.id), into.channel)
    changes_space = thread.forum.space_id != into.forum.space_id
    announce(ThreadsMerged(thread.id, into.id, changes_space), thread.channel)
    if changes_space:
        log(member, "merged_out", thread)
        log(member, "merged_in", into, space_id=into.forum.space_id)
    else:
        log(member, "merged", thread, into.title)


def _become_marker(thread: Thread, into: Thread) -> None:
    markers = update(Thread).where(Thread.merged_into_id == thread.id)
    db.session.execute(markers.values(merged_into_id=into.id))
    thread.merged_into_id = into.id
    thread.pinned_at = thread.accepted_post_id = None
    replace_tags(thread, ())
    if thread.hidden_at is None:
        count_threads(thread.forum, -1)


def _take_posts(
    source: Thread, target: Thread, theirs: ColumnElement[bool], *, stays_listed: bool = False
) -> None:
    """Change the thread of some posts, and the counts of both."""
    shown = and_(theirs, Post.shown())
    count = db.session.scalar(select(func.count(Post.id)).where(shown)) or 0
    place: tuple[Any, Any] = source.last_post_id, source.last_posted_at
    db.session.execute(
        update(Post).where(theirs).values(thread_id=target.id),
        execution_options={"synchronize_session": False},
    )
    db.session.expire_all()
    count_posts(source, -count)
    count_posts(target, count)
    if stays_listed:
        source.last_post_id, source.last_posted_at = place
    db.session.flush()


def _keep_solution(thread: Thread) -> None:
    """A post that has gone no longer solves the thread."""
    accepted = thread.accepted_post_id and db.session.get(Post, thread.accepted_post_id)
    if accepted and accepted.thread_id != thread.id:
        thread.accepted_post_id = None


def _log_move(thread: Thread, member: Member, source: Forum, forum: Forum) -> None:
    """A space's log does not name what stands in another space."""
    if source.space_id == forum.space_id:
        log(member, "moved", thread, f"{source.title} → {forum.title}")
    else:
        log(member, "moved_out", thread, source.title, space_id=source.space_id)
        log(member, "moved_in", thread, forum.title, space_id=forum.space_id)


def _require_no_marker(thread: Thread) -> None:
    if thread.merged_into_id is not None:
        raise Conflict(_l("This thread has been merged into another one."))


def _require_open(forum: Forum) -> None:
    if forum.archived_at or forum.space.archived_at:
        raise Conflict(_l("This forum is closed."))
