"""Addresses of feeds: signed, and worthless as soon as their row has gone or another key."""

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from app.addresses import external_url
from app.extensions import db
from app.feeds.models import Feed


def address_of(feed: Feed) -> str:
    """Where a feed reader finds this feed."""
    secret = str(_signer().dumps([feed.id, feed.key]))
    return external_url("feeds.forum", secret=secret, forum_id=feed.forum_id)


def feed_at(secret: str, forum_id: int) -> Feed | None:
    """The feed with this address, unless it was revoked."""
    try:
        id, key = _signer().loads(secret)
    except BadData:
        return None
    feed = db.session.get(Feed, id)
    return feed if feed and feed.key == key and feed.forum_id == forum_id else None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="feeds")
