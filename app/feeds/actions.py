"""What people do with feeds; each runs inside a transaction."""

import secrets

from app.extensions import db
from app.feeds.models import Feed
from app.feeds.queries import feed_for
from app.forums.models import Forum


def make_feed(account_id: int, forum: Forum) -> Feed:
    """A feed of a forum; the address of an earlier one is worthless from now on."""
    feed = feed_for(account_id, forum.id)
    if feed is None:
        feed = Feed(account_id=account_id, forum_id=forum.id)
        db.session.add(feed)
    feed.key = secrets.token_urlsafe(12)
    db.session.flush()
    return feed


def revoke_feed(feed: Feed) -> None:
    """Make a feed's address worthless."""
    db.session.delete(feed)
