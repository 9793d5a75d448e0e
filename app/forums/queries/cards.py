"""Cards of posts in forums: each post with what it answers, its author, and its parts."""

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import defer, joinedload, selectinload

from app.accounts.models import Account
from app.events.models import Participant
from app.extensions import db
from app.forums import parts
from app.forums.models import Post
from app.forums.permissions import placed_in_forum

_UNSEEN = (defer(Post.submitted_text), defer(Post.key))
_SIGNED = (
    selectinload(Post.account).joinedload(Account.municipality),
    selectinload(Post.author).joinedload(Participant.municipality),
)
_ANSWERED = selectinload(Post.reply_to).options(*_UNSEEN, defer(Post.html), *_SIGNED)


def forum_posts(*conditions: ColumnElement[bool]) -> Sequence[Post]:
    """The posts that meet the conditions, with all that their cards show, oldest first."""
    return db.session.scalars(
        select(Post)
        .options(*_UNSEEN, *_SIGNED, _ANSWERED, joinedload(Post.thread, innerjoin=True))
        .where(*conditions)
        .order_by(Post.id)
    ).all()


def card_contexts(posts: Sequence[Post], account_id: int | None = None) -> dict[int, Any]:
    """The contexts of these posts' cards, as anybody sees them or as their author does."""
    shown = parts.load(posts)
    return {
        post.id: {
            "post": post,
            "thread_id": post.thread_id,
            "space_id": post.thread.space_id,
            "parts": shown[post.id],
            "is_accepted": post.thread.accepted_post_id == post.id,
            "is_own": account_id is not None and post.account_id == account_id,
        }
        for post in posts
    }


def card_contexts_by_id(ids: Sequence[int]) -> dict[int, Any]:
    """Those of these posts that have a place, as contexts of their cards."""
    return card_contexts(forum_posts(Post.id.in_(ids), placed_in_forum()))


def looks(context: Mapping[str, Any]) -> Hashable | None:
    """All that the looks of a card depend on; none where a part cannot say that for itself."""
    post: Post = context["post"]
    if any(shown.looks is None for shown in context["parts"]):
        return None
    quoted = post.reply_to
    return (
        _state(post),
        _state(quoted) if quoted else None,
        context["is_accepted"],
        context["is_own"],
        tuple((shown.template, shown.looks) for shown in context["parts"]),
    )


def _state(post: Post) -> Hashable:
    signed = post.signed_by
    town = signed.municipality if signed else None
    return (
        post.id,
        post.thread_id,
        post.created_at,
        post.edited_at,
        post.is_hidden,
        post.hidden_reason,
        post.account_id,
        signed.name if signed else None,
        (town.name if town else signed.state if isinstance(signed, Participant) else None)
        if signed
        else None,
    )
