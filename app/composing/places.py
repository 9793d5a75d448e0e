"""Places: composers in which somebody writes, and whether they may write there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import url_for
from sqlalchemy import select

from app.addresses import MOST_ID
from app.composing.models import Draft
from app.database import found
from app.errors import NeedsSignIn, NotFound
from app.extensions import db
from app.forums.identity import member_about
from app.forums.models import Forum, Post, Thread
from app.forums.permissions import threads_readable_by
from app.permissions import require
from app.spaces.identity import present_account, somebody_in
from app.spaces.permissions import readable_ids

PLACE = re.compile(r"(forum|thread|reply|post)-([1-9]\d{0,9})")


def require_place(place: str) -> None:
    """Raise unless the present person may write what this place is for."""
    kind, id = parts_of(place)
    if present_account() is None:
        raise NeedsSignIn
    _checks[kind](id)


def parts_of(place: str) -> tuple[str, int]:
    """The kind of a place and its id; raises `NotFound`."""
    match = PLACE.fullmatch(place)
    if match is None or int(match[2]) > MOST_ID:
        raise NotFound
    return match[1], int(match[2])


def _in_forum(id: int) -> None:
    forum = found(Forum, id)
    require(somebody_in(forum.space), "spaces.write", forum)


def _in_thread(id: int) -> None:
    thread = found(Thread, id)
    require(member_about(thread), "forums.write", thread)


def _in_reply(id: int) -> None:
    _in_thread(found(Post, id).thread_id)


def _in_post(id: int) -> None:
    post = found(Post, id)
    _in_thread(post.thread_id)
    require(member_about(post.thread), "forums.edit", post)


_checks: dict[str, Callable[[int], None]] = {
    "forum": _in_forum,
    "thread": _in_thread,
    "reply": _in_reply,
    "post": _in_post,
}


@dataclass(frozen=True)
class Begun:
    """A draft in a list: with what it belongs to, if one may still read that."""

    draft: Draft
    title: str = ""
    url: str = ""


def begun(account_id: int, drafts: Sequence[Draft]) -> list[Begun]:
    """These drafts with the titles and addresses of where they belong: three queries for all."""
    ids: dict[str, set[int]] = {}
    for draft in drafts:
        kind, id = parts_of(draft.place)
        ids.setdefault(kind, set()).add(id)
    known = {
        **_forums(account_id, ids.get("forum", set())),
        **_threads(account_id, ids.get("thread", set())),
        **_posts(account_id, ids.get("reply", set()) | ids.get("post", set())),
    }
    return [Begun(draft, *known.get(draft.place, ())) for draft in drafts]


Known = dict[str, tuple[str, str]]  # the title and the address, by the place


def _forums(account_id: int, ids: set[int]) -> Known:
    readable = Forum.space_id.in_(readable_ids(account_id))
    rows = db.session.scalars(select(Forum).where(Forum.id.in_(ids), readable))
    return {f"forum-{f.id}": (f.title, url_for("forums.new_thread", forum_id=f.id)) for f in rows}


def _threads(account_id: int, ids: set[int]) -> Known:
    """The composer of a thread stands below its newest posts."""
    readable = threads_readable_by(account_id)
    rows = db.session.scalars(select(Thread).where(Thread.id.in_(ids), readable))
    return {
        f"thread-{thread.id}": (thread.title, url_for("forums.last_window", thread_id=thread.id))
        for thread in rows
    }


def _posts(account_id: int, ids: set[int]) -> Known:
    rows = db.session.execute(
        select(Post.id, Thread.title)
        .join(Thread, Thread.id == Post.thread_id)
        .where(Post.id.in_(ids), threads_readable_by(account_id))
    )
    known: Known = {}
    for id, title in rows:
        known[f"reply-{id}"] = title, url_for("forums.new_reply", post_id=id)
        known[f"post-{id}"] = title, url_for("forums.edit_form", post_id=id)
    return known
