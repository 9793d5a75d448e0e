"""Threads: begun, and read window by window."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import outbox
from app.addresses import MOST_ID, is_number
from app.database import found, locked, transaction
from app.forums import actions, broadcasts, parts, queries
from app.forums.drafts import Draft, sent_draft
from app.forums.forms import ThreadForm
from app.forums.identity import member_about, person_about
from app.forums.models import LONGEST_POST, Forum, Thread
from app.forums.passes import Bearer
from app.forums.places import page_in, place_in
from app.forums.queries import Window
from app.forums.routes import bp
from app.forums.routes.forums import entered
from app.forums.subjects import url_of
from app.limits import WRITING, limited
from app.permissions import require
from app.realtime.audiences import View
from app.spaces.models import Member
from app.uploads import takes_files

Answer = str | Response


@bp.get("/forums/<int:forum_id>/threads/new")
def new_thread(forum_id: int) -> Answer:
    """The fields for a new thread."""
    forum, member = entered(forum_id)
    require(member, "forums.start", forum)
    return _new_page(forum, member, ThreadForm(formdata=None), Draft("", "", False))


@bp.post("/forums/<int:forum_id>/threads")
@takes_files
@limited(WRITING, "threads")
def start(forum_id: int) -> Answer:
    """Begin a thread with its first post."""
    form, sent = ThreadForm(), sent_draft()
    forum, member = entered(forum_id)
    require(member, "forums.start", forum)
    extras = parts.received(member)
    if sent.wants_preview or not form.validate_on_submit():
        page = _new_page(forum, member, form, sent)
        return Response(page, 200 if sent.wants_preview else 422, mimetype="text/html")
    words = place_in(forum.space).words(sent.text)
    with transaction():
        forum = locked(Forum, forum_id)
        member = entered(forum_id)[1]
        require(member, "forums.start", forum)
        post, is_new = actions.start_thread(forum, member, form.title.data, words, sent.key)
        if is_new:
            parts.keep(post, extras)
    return redirect(url_for(".show_thread", thread_id=post.thread_id), 303)


def _new_page(forum: Forum, member: Member, form: ThreadForm, sent: Draft) -> str:
    place = place_in(forum.space)
    return render_template(
        "forums/new_thread.html",
        forum=forum,
        form=form,
        sent=sent,
        most=LONGEST_POST,
        preview=place.preview(sent.text) if sent.wants_preview else None,
        **page_in(forum.space, member),
    )


@bp.get("/threads/<int:thread_id>")
def show_thread(thread_id: int) -> Answer:
    """A window of a thread: its first posts, or those that the address asks for."""
    thread = found(Thread, thread_id)
    person = person_about(thread)
    require(person, "forums.read", thread)
    if not isinstance(person, Member):
        return redirect(url_of(thread))
    if thread.merged_into_id is not None:
        return redirect(_merged_address(thread.merged_into_id))
    page = page_in(thread.forum.space, person)
    thread_version = outbox.position(thread.channel)
    window = _window(thread)
    return render_template(
        "forums/thread.html",
        thread=thread,
        **queries.head_contexts([thread.id])[thread.id],
        window=window,
        cards=_cards(window, person, thread_version),
        own_parts=parts.own(person, window.posts),
        own_author="" if isinstance(person, Bearer) else f"account-{person.account_id}",
        is_open=thread.is_open,
        most=LONGEST_POST,
        thread_version=thread_version,
        **page,
    )


def _merged_address(thread_id: int) -> str:
    """Where the posts of a thread are now, for those who may read them there."""
    _read(thread_id)
    asked: dict[str, Any] = _asked()
    return url_for(".show_thread", thread_id=thread_id, **asked)


def _asked() -> dict[str, int | None]:
    """The posts that the address names; of what is no number nothing is known."""
    given = {name: request.args.get(name, "") for name in ("at", "after", "before")}
    return {n: min(int(id), MOST_ID) if is_number(id) else None for n, id in given.items()}


def _window(thread: Thread) -> Window:
    asked = _asked()
    if asked["at"] is not None:
        return queries.around(thread, asked["at"])
    if asked["after"]:
        return queries.since(thread, asked["after"])
    if asked["before"] is not None:
        return queries.before(thread, asked["before"])
    return queries.from_start(thread)


def _cards(window: Window, member: Member, version: int) -> list[Any]:
    contexts = queries.card_contexts(window.posts, member.account_id)
    return [broadcasts.card.markup(context, View.SPACE, version) for context in contexts.values()]


@bp.get("/threads/<int:thread_id>/last")
def last_window(thread_id: int) -> Response:
    """On to the newest posts."""
    thread = _read(thread_id)
    start = queries.last_start(thread) or None
    anchor = f"post-{thread.last_post_id}"
    return redirect(url_for(".show_thread", thread_id=thread_id, after=start, _anchor=anchor))


@bp.get("/threads/<int:thread_id>/unread")
def first_unread(thread_id: int) -> Response:
    """On to the first post that is new to who asks; where nothing is, to the newest posts."""
    thread = _read(thread_id)
    post_id = queries.first_unread(member_about(thread).account_id, thread_id)
    if post_id is None:
        return last_window(thread_id)
    anchor = f"post-{post_id}"
    return redirect(url_for(".show_thread", thread_id=thread_id, at=post_id, _anchor=anchor))


def _read(thread_id: int) -> Thread:
    thread = found(Thread, thread_id)
    require(member_about(thread), "forums.read", thread)
    return thread
