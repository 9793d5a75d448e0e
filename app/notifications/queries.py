"""Reads of the ledger: always of what somebody may read now, and what is still shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.composing.models import PostMention
from app.database import now
from app.extensions import db
from app.forums.models import Forum, Post, Reading, Thread
from app.forums.permissions import threads_readable_by
from app.notifications.models import (
    Level,
    NotificationEntry,
    Preferences,
    Reason,
    ThreadMail,
    Way,
)
from app.spaces.permissions import readers_of

SHOWN = 300  # posts on the page of what somebody was told
BUNDLED = timedelta(minutes=15)  # between two mails about the same thread, at least


@dataclass(frozen=True)
class Told:
    """One post that somebody is told of, and why."""

    entry: NotificationEntry
    post: Post

    @property
    def is_new(self) -> bool:
        """Whether they have not looked yet."""
        return self.entry.seen_at is None


@dataclass(frozen=True)
class Group:
    """What somebody is told of one thread, the oldest first."""

    thread: Thread
    told: Sequence[Told]

    @property
    def is_new(self) -> bool:
        """Whether there is anything that they have not looked at."""
        return any(one.is_new for one in self.told)

    @property
    def authors(self) -> list[str]:
        """The names of those who wrote, each once, the latest first."""
        names = [one.post.signed_by.name for one in reversed(self.told) if one.post.signed_by]
        return list(dict.fromkeys(names))

    @property
    def first_post(self) -> Post:
        """Where reading on begins: the oldest that is new, else the newest."""
        new = [one.post for one in self.told if one.is_new]
        return new[0] if new else self.told[-1].post

    @property
    def names_me(self) -> bool:
        """Whether one of the posts names the person."""
        return any(one.entry.reason == Reason.MENTION for one in self.told)


def counts(account_ids: Sequence[int]) -> dict[int, int]:
    """In how many threads there is something that these people were told of and have not seen."""
    rows = db.session.execute(_counting(), {"ids": account_ids})
    return {id: count for id, count in rows}


@cache
def _counting() -> Select[int, int]:
    """Built once, since it stands on every page of whoever is signed in."""
    return (
        select(NotificationEntry.account_id, func.count(Thread.id.distinct()))
        .select_from(NotificationEntry)
        .join(Post, Post.id == NotificationEntry.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(Reading, _their_reading())
        .where(
            NotificationEntry.account_id.in_(bindparam("ids", expanding=True)),
            NotificationEntry.seen_at.is_(None),
            _unread(),
            *_shown(NotificationEntry.account_id),
        )
        .group_by(NotificationEntry.account_id)
    )


def groups(account_id: int) -> list[Group]:
    """What somebody was told of and may still read, by thread, the latest first."""
    return grouped(_told(account_id, newest=True)[::-1])


def waiting(account_id: int, post_ids: Sequence[int]) -> list[Told]:
    """Those of these posts of which somebody is still to be told: shown, theirs to read, unread."""
    named = (
        select(PostMention.post_id)
        .where(
            PostMention.post_id == NotificationEntry.post_id,
            PostMention.account_id == NotificationEntry.account_id,
        )
        .exists()
    )
    no_longer_named = and_(NotificationEntry.reason == Reason.MENTION, ~named)
    return _told(
        account_id,
        NotificationEntry.post_id.in_(post_ids),
        NotificationEntry.seen_at.is_(None),
        _unread(),
        ~no_longer_named,
    )


def _told(account_id: int, *conditions: ColumnElement[bool], newest: bool = False) -> list[Told]:
    order = Post.id.desc() if newest else Post.id
    rows = db.session.execute(
        select(NotificationEntry, Post)
        .join(Post, Post.id == NotificationEntry.post_id)
        .join(Thread, Thread.id == Post.thread_id)
        .outerjoin(Reading, _their_reading())
        .options(
            joinedload(Post.account),
            joinedload(Post.author),
            joinedload(Post.thread).joinedload(Thread.forum),
        )
        .where(
            NotificationEntry.account_id == account_id,
            *_shown(account_id),
            *conditions,
        )
        .order_by(order)
        .limit(SHOWN)
    )
    return [Told(entry, post) for entry, post in rows]


def grouped(told: Sequence[Told]) -> list[Group]:
    """What somebody is told, by thread; the thread with the latest post first."""
    by_thread: dict[Thread, list[Told]] = {}
    for one in told:
        by_thread.setdefault(one.post.thread, []).append(one)
    found = [Group(thread, posts) for thread, posts in by_thread.items()]
    return sorted(found, key=lambda group: group.told[-1].post.id, reverse=True)


def mails_due(most: int) -> Sequence[tuple[int, int]]:
    """Whom to write about which thread now: not again within some minutes."""
    gathered = func.coalesce(ThreadMail.last_at <= now() - BUNDLED, True)
    rows = db.session.execute(
        select(NotificationEntry.account_id, Post.thread_id)
        .distinct()
        .join(Post, Post.id == NotificationEntry.post_id)
        .outerjoin(
            ThreadMail,
            and_(
                ThreadMail.account_id == NotificationEntry.account_id,
                ThreadMail.thread_id == Post.thread_id,
            ),
        )
        .where(NotificationEntry.waits_for == Way.MAIL, gathered)
        .limit(most)
    )
    return [(account_id, thread_id) for account_id, thread_id in rows]


def digests_due(most: int) -> Sequence[int]:
    """Whose digest is due."""
    return db.session.scalars(
        select(Preferences.account_id)
        .where(Preferences.next_digest_at <= now())
        .order_by(Preferences.next_digest_at)
        .limit(most)
    ).all()


def fits(told: Told, level: Level) -> bool:
    """Whether somebody with this level is told of it by mail."""
    if level == Level.MENTIONS:
        return told.entry.reason != Reason.POST
    return level != Level.SILENT


def is_readable(account_id: int, thread_id: int) -> bool:
    """Whether this person is let in, and may read this thread now."""
    space_id: ColumnElement[int] = Forum.__table__.c.space_id
    query = (
        select(Account.id)
        .join(Thread, Thread.id == thread_id)
        .join(Forum, Forum.id == Thread.forum_id)
        .where(Account.id == account_id, Thread.hidden_at.is_(None), readers_of(space_id))
    )
    return db.session.scalar(query) is not None


def _shown(account_id: object) -> tuple[ColumnElement[bool], ...]:
    return (
        Post.shown(),
        threads_readable_by(account_id),
    )


def _their_reading() -> ColumnElement[bool]:
    return and_(
        Reading.account_id == NotificationEntry.account_id, Reading.thread_id == Post.thread_id
    )


def _unread() -> ColumnElement[bool]:
    return or_(Reading.post_id.is_(None), Reading.post_id < Post.id)
