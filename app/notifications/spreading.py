"""Spreading: from one post to everybody who wishes to hear of it, with one statement.

A post leaves a line of work with it, in its own transaction; this happens afterwards, so that
nobody who writes waits for two hundred readers.
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, case, delete, false, func, literal, null, or_, select
from sqlalchemy.orm import joinedload

from app import jobs
from app.accounts.models import Account
from app.composing.facts import PeopleMentioned
from app.composing.models import PostMention
from app.database import dialect_insert, now
from app.extensions import db
from app.forums.facts import PostWritten
from app.forums.models import Post, Thread
from app.notifications.facts import NotificationsChanged
from app.notifications.levels import level_about
from app.notifications.mailing import each_by_itself, send_waiting
from app.notifications.models import (
    Level,
    NotificationEntry,
    NotificationWork,
    Preferences,
    Reason,
    Rhythm,
    Way,
)
from app.outbox import announce, follows
from app.spaces.permissions import readers_of

MEANT = (Reason.MENTION, Reason.REPLY, Reason.ANSWER)


@follows(PostWritten)
def _written(fact: PostWritten) -> None:
    thread = db.session.get(Thread, fact.thread_id)
    if thread is not None and thread.forum_id is not None:
        _leave_work(fact.post_id, is_new=True)


@follows(PeopleMentioned)
def _mentioned(fact: PeopleMentioned) -> None:
    _leave_work(fact.post_id, is_new=False)


def _leave_work(post_id: int, *, is_new: bool) -> None:
    insert = dialect_insert(NotificationWork).values(post_id=post_id, is_new=is_new)
    db.session.execute(insert.on_conflict_do_nothing())
    jobs.later(spread_all)


@jobs.sweep
def find_work() -> None:
    """Have spread what a restart has left."""
    if db.session.scalar(select(NotificationWork.post_id).limit(1)) is not None:
        jobs.later(spread_all)


@jobs.backlog("notifications")
def waiting() -> jobs.Waiting:
    """Posts of which nobody has been told yet."""
    works = select(func.count(), func.min(Post.created_at))
    return works.join_from(NotificationWork, Post, NotificationWork.post_id == Post.id)


@jobs.task
def spread_all() -> None:
    """Spread every post of which nobody has been told yet, the oldest first."""
    query = select(NotificationWork.post_id).order_by(NotificationWork.post_id)
    for post_id in db.session.scalars(query).all():
        each_by_itself(spread, post_id)


def spread(post_id: int) -> None:
    """Write into the ledger who is to be told of a post, unless somebody else has just done so."""
    taken = delete(NotificationWork).where(NotificationWork.post_id == post_id)
    work = db.session.execute(taken.returning(NotificationWork.is_new)).first()
    post = db.session.scalar(
        select(Post)
        .options(joinedload(Post.thread).joinedload(Thread.forum), joinedload(Post.reply_to))
        .where(Post.id == post_id, Post.shown())
    )
    if work is None or post is None or post.thread.hidden_at is not None:
        return
    for account_id in _write_entries(post, is_new=work.is_new):
        announce(NotificationsChanged(account_id), f"account:{account_id}")
    jobs.later(send_waiting)


def _write_entries(post: Post, *, is_new: bool) -> list[int]:
    people = _people(post)
    meant = people.c.reason.in_([reason.value for reason in MEANT])
    everything = people.c.level.in_([Level.ALL.value, Level.DIGEST.value])
    wanted = or_(
        and_(everything, or_(meant, literal(is_new))),
        and_(people.c.level == Level.MENTIONS.value, meant),
    )
    way = case(
        (people.c.level != Level.DIGEST.value, Way.MAIL.value),
        (people.c.rhythm != Rhythm.NEVER.value, Way.DIGEST.value),
        else_=null(),
    )
    chosen = select(people.c.id, literal(post.id), people.c.reason, literal(now()), way)
    columns = ["account_id", "post_id", "reason", "created_at", "waits_for"]
    insert = dialect_insert(NotificationEntry).from_select(columns, chosen.where(wanted))
    statement = insert.on_conflict_do_nothing().returning(NotificationEntry.account_id)
    return list(db.session.scalars(statement))


def _people(post: Post) -> Any:
    """Everybody else who may read the post: their level there, and why they would be told."""
    rhythm = select(Preferences.rhythm).where(Preferences.account_id == Account.id)
    level = level_about(Account.id, post.thread_id, post.space_id)
    return (
        select(
            Account.id,
            level.label("level"),
            func.coalesce(rhythm.scalar_subquery(), Rhythm.WEEKLY.value).label("rhythm"),
            _reason(post).label("reason"),
        )
        .where(readers_of(post.space_id or 0), Account.id.is_distinct_from(post.account_id))
        .subquery()
    )


def _reason(post: Post) -> ColumnElement[str]:
    named = (
        select(PostMention.account_id)
        .where(PostMention.post_id == post.id, PostMention.account_id == Account.id)
        .correlate(Account)
        .exists()
    )
    answered = post.reply_to.account_id if post.reply_to else None
    begun = post.thread.account_id if post.reply_to is None else None
    return case(
        (named, Reason.MENTION.value),
        (_is(answered), Reason.REPLY.value),
        (_is(begun), Reason.ANSWER.value),
        else_=Reason.POST.value,
    )


def _is(account_id: int | None) -> ColumnElement[bool]:
    return false() if account_id is None else Account.id == account_id
