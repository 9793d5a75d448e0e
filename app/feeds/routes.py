"""Feeds: the document that a reader fetches, and the addresses that people make for it."""

import hashlib
import re
from datetime import datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response as AnyResponse

from app.accounts.permissions import signed_in
from app.addresses import public_root
from app.database import found, transaction
from app.errors import NotFound
from app.extensions import limiter
from app.feeds import actions, addresses, queries
from app.feeds.models import Feed
from app.forums.models import Forum, Post
from app.identity import digest
from app.limits import FETCHING_FEED, WRITING, limited, opened_by_secret
from app.permissions import require
from app.spaces.identity import somebody_in

UNFIT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # for XML 1.0

bp = Blueprint("feeds", __name__)


def _whose() -> str:
    return f"feed {digest(str((request.view_args or {}).get('secret', '')))}"


@bp.get("/feeds/<secret>/forum-<int:forum_id>.atom")
@opened_by_secret
@limiter.limit(FETCHING_FEED, key_func=_whose)
def forum(secret: str, forum_id: int) -> AnyResponse:
    """What was last written in a forum, for whom this address was made."""
    feed = addresses.feed_at(secret, forum_id)
    if feed is None or not queries.is_readable(feed):
        raise NotFound
    posts = queries.newest_posts(feed)
    updated = max([feed.created_at, *(changed_at(post) for post in posts)])
    text = render_template(
        "feeds/forum.xml",
        feed=feed,
        posts=posts,
        updated=updated,
        changed_at=changed_at,
        root=public_root(),
        address=addresses.address_of(feed),
    )
    body = UNFIT.sub("", text).encode()
    answer = Response(body, content_type="application/atom+xml; charset=utf-8")
    answer.set_etag(hashlib.sha256(body).hexdigest()[:32])
    answer.last_modified = updated
    return answer.make_conditional(request)


def changed_at(post: Post) -> datetime:
    """When a post was last said differently."""
    return post.edited_at or post.created_at


@bp.post("/forums/<int:forum_id>/feed")
@limited(WRITING, "feeds")
def make(forum_id: int) -> AnyResponse:
    """Make an address, or another one instead of that which somebody else has got to know."""
    with transaction():
        there = found(Forum, forum_id)
        require(somebody_in(there.space), "spaces.read", there)
        actions.make_feed(signed_in().id, there)
    return redirect(url_for(".manage", forum_id=forum_id), 303)


@bp.get("/forums/<int:forum_id>/feed")
def manage(forum_id: int) -> str:
    """My address for a forum's feed, if I have one."""
    there = found(Forum, forum_id)
    member = somebody_in(there.space)
    require(member, "spaces.read", there)
    feed = queries.feed_for(member.account_id, forum_id)
    return render_template(
        "feeds/manage.html",
        forum=there,
        address=addresses.address_of(feed) if feed else None,
        feed=feed,
    )


@bp.delete("/feeds/<int:feed_id>")
@login_required
def revoke(feed_id: int) -> AnyResponse:
    """Make one of my addresses worthless."""
    with transaction():
        feed = found(Feed, feed_id)
        if feed.account_id != signed_in().id:
            raise NotFound
        actions.revoke_feed(feed)
    flash(_("The feed has ended; its address leads nowhere now."))
    return redirect(url_for("notifications.settings", _anchor="feeds"), 303)
