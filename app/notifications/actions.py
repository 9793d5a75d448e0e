"""What people do about notifications; each runs inside a transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, or_, select, update

from app.database import now
from app.extensions import db
from app.forums.facts import ThreadsRead
from app.forums.models import Forum, Post, Reading, Thread
from app.notifications.facts import NotificationsChanged
from app.notifications.hours import next_digest
from app.notifications.levels import preferences_of
from app.notifications.models import (
    Level,
    NotificationEntry,
    Preferences,
    Rhythm,
    SpaceLevel,
    ThreadLevel,
)
from app.outbox import announce, follows
from app.spaces.models import Membership, Space


def keep_preferences(account_id: int, **chosen: Any) -> Preferences:
    """Keep what somebody has chosen for everything, and when their next digest comes."""
    preferences = preferences_of(account_id)
    db.session.add(preferences)
    for name, value in chosen.items():
        setattr(preferences, name, value)
    preferences.next_digest_at = next_digest(preferences, now())
    return preferences


def set_space_level(account_id: int, space: Space, level: Level | None) -> None:
    """Tell somebody this much about a space; without a level as much as about all."""
    _set(SpaceLevel, level, account_id=account_id, space_id=space.id)


def set_thread_level(account_id: int, thread_id: int, level: Level | None) -> None:
    """Tell somebody this much about a thread; without a level as much as about its space."""
    _set(ThreadLevel, level, account_id=account_id, thread_id=thread_id)


def _set(table: type[Any], level: Level | None, **key: int) -> None:
    row = db.session.get(table, tuple(key.values()))
    if level is None:
        if row is not None:
            db.session.delete(row)
        return
    if row is None:
        db.session.add(table(level=level, **key))
    else:
        row.level = level
    if level == Level.DIGEST:
        _have_digest(key["account_id"])


def _have_digest(account_id: int) -> None:
    """Whoever wishes something gathered gets it, on the usual day if they never chose one."""
    preferences = preferences_of(account_id)
    if preferences.next_digest_at is None:
        rhythm = preferences.rhythm
        keep_preferences(account_id, rhythm=Rhythm.WEEKLY if rhythm == Rhythm.NEVER else rhythm)


def forget_levels(account_id: int) -> None:
    """Nothing of its own is chosen for any space or thread any more."""
    for table in (SpaceLevel, ThreadLevel):
        db.session.execute(delete(table).where(table.account_id == account_id))


def mark_seen(account_id: int, post_ids: Sequence[int]) -> None:
    """Somebody has seen in the page what they were told of."""
    _mark(account_id, NotificationEntry.post_id.in_(post_ids))


def mark_read(account_id: int) -> None:
    """What somebody has read is not new to them any more, wherever they were told of it."""
    read = (
        select(Post.id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Forum, Forum.id == Thread.forum_id)
        .outerjoin(Reading, and_(Reading.thread_id == Thread.id, Reading.account_id == account_id))
        .outerjoin(
            Membership,
            and_(Membership.space_id == Forum.space_id, Membership.account_id == account_id),
        )
        .where(
            Post.id == NotificationEntry.post_id,
            or_(Reading.post_id >= Post.id, Membership.read_floor >= Post.id),
        )
    )
    _mark(account_id, read.correlate(NotificationEntry).exists())


@follows(ThreadsRead)
def _read(fact: ThreadsRead) -> None:
    mark_read(fact.account_id)


def _mark(account_id: int, which: ColumnElement[bool]) -> None:
    changed = db.session.execute(
        update(NotificationEntry)
        .where(
            NotificationEntry.account_id == account_id,
            NotificationEntry.seen_at.is_(None),
            which,
        )
        .values(seen_at=now())
        .returning(NotificationEntry.post_id)
    ).all()
    if changed:
        announce(NotificationsChanged(account_id), f"account:{account_id}")
