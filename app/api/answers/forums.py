"""Threads of forums, and their posts."""

from typing import Any

from app.api.answers.events import moment
from app.forums.models import Post
from app.forums.queries import Row
from app.spaces.models import Member

Answer = dict[str, Any]


def thread_answer(row: Row, unread: int) -> Answer:
    """A thread as its forum's list shows it; `unread` ends at 100."""
    thread = row.thread
    return {
        "id": thread.id,
        "forum": thread.forum_id,
        "title": thread.title,
        "author": row.starter,
        "tags": [tag.name for tag in row.tags],
        "posts": thread.post_count,
        "unread": unread,
        "is_pinned": thread.pinned_at is not None,
        "is_open": thread.is_open,
        "accepted": thread.accepted_post_id,
        "last_author": row.last_author,
        "last_posted_at": moment(thread.last_posted_at),
        "created_at": moment(thread.created_at),
    }


def post_answer(post: Post, member: Member) -> Answer:
    """A post; of one that was hidden or withdrawn the place is left."""
    signed = None if post.is_hidden else post.signed_by
    return {
        "id": post.id,
        "thread": post.thread_id,
        "text": "" if post.is_hidden else post.text,
        "author": signed.name or None if signed else None,
        "reply_to": post.reply_to_id,
        "is_mine": member.wrote(post),
        "is_hidden": post.hidden_at is not None,
        "is_withdrawn": post.is_withdrawn,
        "edited_at": moment(post.edited_at),
        "created_at": moment(post.created_at),
    }
