"""Forums of spaces: their threads, and the posts in them."""

from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from app.addresses import MOST_ID, is_number
from app.api.answers.forums import post_answer, thread_answer
from app.api.bodies import body, identifier, text, wrong
from app.api.calls import call
from app.api.submissions import key_field
from app.database import found, locked, transaction
from app.forums import actions, parts, queries
from app.forums.identity import member_about
from app.forums.models import LONGEST_POST, LONGEST_TITLE, Forum, Thread
from app.forums.permissions import threads_of_member
from app.limits import WRITING
from app.permissions import require
from app.spaces.identity import somebody_in
from app.spaces.models import Member

THREAD = body(
    text("title", LONGEST_TITLE, "Wie überzeugen wir politische Gremien?"),
    text("text", LONGEST_POST, "Wie machen Sie das **in Ihrer Kommune**?"),
    key_field(),
)
POST = body(
    text("text", LONGEST_POST, "Bei uns hilft ein Einseiter für den Ausschuss."),
    key_field(),
    identifier("reply_to", 17, required=False),
)


@call("GET", "/forums/<int:forum_id>/threads", {200: "Threads"}, query=["before"])
def threads(forum_id: int) -> Any:
    """A page of a forum's threads: pinned ones first, then those with the newest posts.

    `older` of an answer is the `before` of the next call.
    """
    forum, member = _entered(forum_id)
    page = queries.threads_page(forum, threads_of_member(member), before=_cursor())
    rows = [*page.pinned, *page.others]
    unread = queries.unread_by_thread(member.account_id, [row.thread.id for row in rows])
    return {
        "threads": [thread_answer(row, unread.get(row.thread.id, 0)) for row in rows],
        "older": page.older,
    }


@call(
    "POST",
    "/forums/<int:forum_id>/threads",
    {201: "ForumPost", 200: "ForumPost"},
    body=THREAD,
    limit=WRITING,
)
def start(forum_id: int, body: dict[str, Any]) -> Any:
    """Begin a thread; answers its first post, in Markdown."""
    forum, member = _entered(forum_id)
    require(member, "forums.start", forum)
    words = parts.words_in(forum.space_id, body["text"], LONGEST_POST)
    with transaction():
        forum = locked(Forum, forum_id)
        member = _entered(forum_id)[1]
        require(member, "forums.start", forum)
        post, is_new = actions.start_thread(forum, member, body["title"], words, body["key"])
        if is_new:
            parts.keep(post, MultiDict())
    return post_answer(post, member), 201 if is_new else 200


@call("GET", "/threads/<int:thread_id>/posts", {200: "ForumPosts"}, query=["before", "after"])
def posts(thread_id: int) -> Any:
    """A window of a thread's posts, the first ones unless told.

    `earlier` of an answer is the `before` of a further call, `later` the `after`.
    """
    thread = found(Thread, thread_id)
    member = member_about(thread)
    require(member, "forums.read", thread)
    before, after = _post_id("before"), _post_id("after")
    if before is not None:
        window = queries.before(thread, before)
    else:
        window = queries.since(thread, after) if after else queries.from_start(thread)
    return {
        "posts": [post_answer(post, member) for post in window.posts],
        "earlier": window.first_id if window.has_earlier else None,
        "later": window.last_id if window.has_later else None,
    }


@call(
    "POST",
    "/threads/<int:thread_id>/posts",
    {201: "ForumPost", 200: "ForumPost"},
    body=POST,
    limit=WRITING,
)
def write(thread_id: int, body: dict[str, Any]) -> Any:
    """Say something in a thread, or reply to a post of it, in Markdown."""
    thread = found(Thread, thread_id)
    member = _writer(thread)
    words = parts.words_in(member.space_id, body["text"], LONGEST_POST)
    with transaction():
        thread = locked(Thread, thread_id)
        member = _writer(thread)
        post, is_new = actions.write_post(thread, member, words, body["key"], body["reply_to"])
        if is_new:
            parts.keep(post, MultiDict())
    return post_answer(post, member), 201 if is_new else 200


def _entered(forum_id: int) -> tuple[Forum, Member]:
    forum = found(Forum, forum_id)
    member = somebody_in(forum.space)
    require(member, "spaces.read", forum.space)
    return forum, member


def _writer(thread: Thread) -> Member:
    member = member_about(thread)
    require(member, "forums.write", thread)
    return member


def _cursor() -> tuple[int, int] | None:
    if "before" not in request.args:
        return None
    newest, _dash, id = request.args["before"].partition("-")
    if not (is_number(newest) and is_number(id) and max(int(newest), int(id)) <= MOST_ID):
        raise wrong("before", _l("This is not where a page begins."))
    return int(newest), int(id)


def _post_id(name: str) -> int | None:
    given = request.args.get(name)
    if given is None:
        return None
    if not is_number(given) or int(given) > MOST_ID:
        raise wrong(name, _l("This must be an id, a whole number."))
    return int(given)
