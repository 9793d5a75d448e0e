"""What forums show on the front page of their space, in its tabs, and beside it in lists."""

from typing import Any

from flask import url_for

from app.forums import queries
from app.spaces.models import Member, Space

MOST_NEWS = 5  # threads on the front page


def forums_url(space: Space, _member: Member) -> str:
    """The tab of the forums."""
    return url_for("forums.index", space_id=space.id)


def new_for_me(space: Space, member: Member) -> dict[str, Any]:
    """The threads in which something is new to somebody, the latest first."""
    rows = queries.unread_rows(member.account_id, space.id, MOST_NEWS)
    more = 0
    if len(rows) == MOST_NEWS:
        more = queries.unread_by_space(member.account_id, [space.id])[space.id] - MOST_NEWS
    ids = [row.thread.id for row in rows]
    return {
        "news": rows,
        "more": more,
        "unread_posts": queries.unread_by_thread(member.account_id, ids),
    }


def forums(space: Space, member: Member) -> dict[str, Any]:
    """The forums of a space, and in how many threads of each something is new."""
    found = queries.forums_of(space)
    ids = [forum.id for forum in found]
    return {
        "forums": list(queries.forum_contexts(found).values()),
        "unread_threads": queries.unread_by_forum(member.account_id, ids),
    }


def news(account_id: int) -> dict[int, int]:
    """In how many threads of each space something is new to somebody."""
    return queries.unread_by_space(account_id, queries.spaces_of(account_id))
