"""Reacting to posts; each runs inside a transaction, and announces what it did."""

from flask_babel import lazy_gettext as _l

from app.database import set_row
from app.errors import Conflict
from app.forums.models import Post
from app.outbox import announce
from app.reactions.facts import OwnReactionsChanged, ReactionsChanged
from app.reactions.models import PostReaction, Reaction
from app.spaces.models import Member


def react(post: Post, member: Member, kind: Reaction, wanted: bool) -> None:
    """Say this to a post, or take it back; nobody does so to what is their own."""
    if member.wrote(post):
        raise Conflict(_l("This post is your own."))
    if set_row(PostReaction(post_id=post.id, account_id=member.account_id, kind=kind), wanted):
        announce(ReactionsChanged(post.thread_id, post.id), post.thread.channel)
        announce(OwnReactionsChanged(member.account_id, post.id), member.channel)
