"""Threads and posts, as other posts link to them."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _n
from sqlalchemy import ColumnElement, and_, select

from app.composing.references import Card, ReferenceKind, either, under
from app.extensions import db
from app.forums.models import Forum, Post, Thread

LONGEST_EXCERPT = 160  # characters


def _in_thread(path: str) -> int | None:
    """The post that is meant on the page of its thread."""
    page, _, fragment = path.partition("#")
    return under("post-")(fragment) if under("/threads/")(page) is not None else None


def _load_threads(ids: Sequence[int]) -> dict[int, Card]:
    rows = db.session.execute(
        select(Thread, Forum).join(Forum, _is_shown()).where(Thread.id.in_(ids))
    )
    return {thread.id: _thread_card(thread, forum) for thread, forum in rows}


def _thread_card(thread: Thread, forum: Forum) -> Card:
    posts = _n("%(num)d post", "%(num)d posts", thread.post_count)
    return Card(thread.title, forum.space_id, forum.title, posts)


def _load_posts(ids: Sequence[int]) -> dict[int, Card]:
    rows = db.session.execute(
        select(Post, Thread.title, Forum.space_id)
        .join(Thread, Thread.id == Post.thread_id)
        .join(Forum, _is_shown())
        .where(Post.id.in_(ids), Post.shown())
    )
    return {post.id: Card(_excerpt(post), space_id, title) for post, title, space_id in rows}


def _is_shown() -> ColumnElement[bool]:
    """The forum of a thread that everybody in its space sees."""
    return and_(
        Forum.id == Thread.forum_id,
        Thread.hidden_at.is_(None),
        Thread.merged_into_id.is_(None),
    )


def _excerpt(post: Post) -> str:
    words = post.body.striptags()
    return words if len(words) <= LONGEST_EXCERPT else f"{words[:LONGEST_EXCERPT].rstrip()} …"


post = ReferenceKind(
    "post", _l("Post"), "concern", either(_in_thread, under("/posts/")), _load_posts
)
thread = ReferenceKind("thread", _l("Thread"), "questions", under("/threads/"), _load_threads)
