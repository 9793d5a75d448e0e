"""Windows: the posts of a thread that one page shows, found by key and never by counting.

A window is named by a post, so that it begins where it began when the page is fetched again. One
that comes close to the thread's end takes the rest along, and so has room for what comes live.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from app.extensions import db
from app.forums.models import Post, Thread
from app.forums.permissions import placed_in_forum
from app.forums.queries.cards import forum_posts

SIZE = 30  # posts
LEADING_UP = 5  # posts that are shown before the one that was asked for


@dataclass(frozen=True)
class Window:
    """Neighbouring posts of a thread, and whether there are more on either side."""

    posts: Sequence[Post]
    has_earlier: bool
    has_later: bool

    @property
    def first_id(self) -> int:
        """Its first post."""
        return self.posts[0].id if self.posts else 0

    @property
    def last_id(self) -> int:
        """Its last post."""
        return self.posts[-1].id if self.posts else 0


def from_start(thread: Thread) -> Window:
    """The first posts."""
    return _after(thread, 0, has_earlier=False)


def since(thread: Thread, post_id: int) -> Window:
    """The posts after this one."""
    earlier = _backwards(thread, Post.id <= post_id, 1)
    return _after(thread, post_id, has_earlier=bool(earlier))


def before(thread: Thread, post_id: int) -> Window:
    """The last posts before this one."""
    ids = _backwards(thread, Post.id < post_id, SIZE + 1)
    later = db.session.scalars(_ids(thread, Post.id >= post_id).limit(1)).all()
    return Window(_between(thread, ids[:SIZE][::-1]), len(ids) > SIZE, bool(later))


def around(thread: Thread, post_id: int) -> Window:
    """The posts among which this one stands."""
    ids = _backwards(thread, Post.id < post_id, LEADING_UP + 1)
    if len(ids) > LEADING_UP:
        return _after(thread, ids[-1], has_earlier=True)
    return _after(thread, 0, has_earlier=False)


def last_start(thread: Thread) -> int:
    """The post after which the last window begins, 0 for the thread's start."""
    ids = _backwards(thread, Post.id > 0, SIZE + 1)
    return ids[-1] if len(ids) > SIZE else 0


def newest_after(thread: Thread, post_id: int, most: int = 10) -> Sequence[Post]:
    """The newest posts that have come since this one."""
    return _between(thread, _backwards(thread, Post.id > post_id, most)[::-1])


def _after(thread: Thread, post_id: int, *, has_earlier: bool) -> Window:
    found = _ids(thread, Post.id > post_id).order_by(Post.id).limit(2 * SIZE + 1)
    ids = db.session.scalars(found).all()
    shown = ids if len(ids) <= 2 * SIZE else ids[:SIZE]
    return Window(_between(thread, shown), has_earlier, len(ids) > len(shown))


def _backwards(thread: Thread, condition: ColumnElement[bool], most: int) -> Sequence[int]:
    found = _ids(thread, condition).order_by(Post.id.desc()).limit(most)
    return db.session.scalars(found).all()


def _ids(thread: Thread, condition: ColumnElement[bool]) -> Select[Any]:
    return select(Post.id).where(Post.thread_id == thread.id, condition, placed_in_forum())


def _between(thread: Thread, ids: Sequence[int]) -> Sequence[Post]:
    if not ids:
        return []
    here = (Post.thread_id == thread.id, Post.id.between(ids[0], ids[-1]))
    return forum_posts(*here, placed_in_forum())
