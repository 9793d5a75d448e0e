"""Reads of feeds: what they hold, and whose they are."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.accounts.models import Account
from app.extensions import db
from app.feeds.models import Feed
from app.forums.models import Forum, Post, Thread
from app.forums.permissions import threads_readable_by
from app.spaces.permissions import readable_ids, readers_of

SHOWN = 50  # posts in a feed


def feeds_of(account_id: int) -> Sequence[Feed]:
    """The feeds that somebody has made, of forums that they may read."""
    return db.session.scalars(
        select(Feed)
        .join(Forum, Forum.id == Feed.forum_id)
        .options(joinedload(Feed.forum))
        .where(Feed.account_id == account_id, Forum.space_id.in_(readable_ids(account_id)))
        .order_by(Forum.title)
    ).all()


def feed_for(account_id: int, forum_id: int) -> Feed | None:
    """Somebody's feed of a forum."""
    return db.session.scalar(
        select(Feed).where(Feed.account_id == account_id, Feed.forum_id == forum_id)
    )


def is_readable(feed: Feed) -> bool:
    """Whether the person whose feed it is is let in, and may read its forum now."""
    query = select(Account.id).where(Account.id == feed.account_id, readers_of(feed.forum.space_id))
    return db.session.scalar(query) is not None


def newest_posts(feed: Feed) -> Sequence[Post]:
    """What was last written in the forum, as far as the person may read it, the newest first."""
    return db.session.scalars(
        select(Post)
        .join(Thread, Thread.id == Post.thread_id)
        .options(joinedload(Post.account), joinedload(Post.author), joinedload(Post.thread))
        .where(
            Thread.forum_id == feed.forum_id,
            threads_readable_by(feed.account_id),
            Post.shown(),
        )
        .order_by(Post.id.desc())
        .limit(SHOWN)
    ).all()
