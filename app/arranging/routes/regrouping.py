"""Threads that move, part and grow together: plain forms on pages of their own."""

from collections.abc import Sequence

from flask import redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.arranging import actions, queries
from app.arranging.forms import SplitForm
from app.arranging.routes import bp
from app.arranging.routes.entering import arranged
from app.database import found, locked, transaction
from app.errors import Invalid, NotFound
from app.forums.models import Forum, Post, Thread
from app.forums.queries import Window, around, before, from_start, since
from app.forums.subjects import url_of
from app.permissions import can
from app.spaces.frame import page_context
from app.spaces.identity import member_in
from app.spaces.models import Member
from app.spaces.queries import reader_count

Answer = str | Response


@bp.get("/threads/<int:thread_id>/place")
def place(thread_id: int) -> Answer:
    """The forums that a thread can be moved to."""
    thread, member = arranged(thread_id)
    forums = queries.forums_to_move_to(member.account_id)
    return render_template(
        "arranging/place.html",
        thread=thread,
        forums=forums,
        readers={space.id: reader_count(space) for space in forums},
        back=url_of(thread),
        **page_context(thread.forum.space, member),
    )


@bp.post("/threads/<int:thread_id>/place")
def move(thread_id: int) -> Answer:
    """Let a thread stand in another forum."""
    forum_id = _number("forum", _("Please choose a forum."))
    with transaction():
        thread, member = arranged(thread_id, held=True)
        forum = found(Forum, forum_id)
        if not can(member_in(forum.space), "spaces.coordinate", forum):
            raise NotFound
        actions.move(thread, member, forum)
    return redirect(url_of(thread), 303)


@bp.get("/threads/<int:thread_id>/parts")
def parts(thread_id: int) -> Answer:
    """The posts of a thread, to choose those that become a thread of their own."""
    thread, member = arranged(thread_id)
    post_id = request.args.get("post", "")
    chosen = [int(post_id)] if is_number(post_id) else []
    return _parts_page(thread, member, SplitForm(posts=chosen), _window_at(thread, chosen))


@bp.post("/threads/<int:thread_id>/parts")
def split(thread_id: int) -> Answer:
    """Make a new thread of some posts."""
    form = SplitForm()
    elsewhere = _neighbouring(thread_id)
    if elsewhere is not None:
        return _parts_page(*arranged(thread_id), form, elsewhere)
    if not form.validate_on_submit():
        thread, member = arranged(thread_id)
        window = _window_at(thread, form.posts.data)
        return _parts_page(thread, member, form, window), 422  # type: ignore[return-value]
    ids = form.posts.data or []
    chosen = Post.id >= min(ids) if form.reach.data == "onwards" else Post.id.in_(ids)
    with transaction():
        thread, member = arranged(thread_id, held=True)
        new = actions.split(thread, member, form.title.data or "", chosen)
    return redirect(url_of(new), 303)


def _neighbouring(thread_id: int) -> Window | None:
    """The posts before or after those that were shown, if they were asked for."""
    for name, find in (("earlier", before), ("later", since)):
        sent = request.form.get(name, "")
        if is_number(sent):
            return find(arranged(thread_id)[0], int(sent))
    return None


def _window_at(thread: Thread, chosen: Sequence[int] | None) -> Window:
    return around(thread, min(chosen)) if chosen else from_start(thread)


def _parts_page(thread: Thread, member: Member, form: SplitForm, window: Window) -> str:
    shown = {post.id for post in window.posts}
    return render_template(
        "arranging/parts.html",
        thread=thread,
        window=window,
        form=form,
        chosen=set(form.posts.data or []),
        kept=[id for id in form.posts.data or [] if id not in shown],
        back=url_of(thread),
        **page_context(thread.forum.space, member),
    )


@bp.get("/threads/<int:thread_id>/merging")
def merging(thread_id: int) -> Answer:
    """The threads that a thread can be merged into."""
    thread, member = arranged(thread_id)
    words = request.args.get("q", "")[:200]
    return render_template(
        "arranging/merging.html",
        thread=thread,
        words=words,
        found=queries.threads_to_merge_into(member.account_id, thread, words),
        back=url_of(thread),
        **page_context(thread.forum.space, member),
    )


@bp.post("/threads/<int:thread_id>/merging")
def merge(thread_id: int) -> Answer:
    """Let all posts of a thread stand in another."""
    into_id = _number("into", _("Please choose a thread."))
    with transaction():
        for id in sorted({thread_id, into_id}):
            locked(Thread, id)
        thread, member = arranged(thread_id)
        into = _other(into_id)
        actions.merge(thread, member, into)
    return redirect(url_of(into), 303)


def _other(thread_id: int) -> Thread:
    """A thread that the present person coordinates as well; no other is there for them."""
    thread = found(Thread, thread_id)
    member = member_in(thread.forum.space) if thread.forum_id else None
    if not can(member, "arranging.arrange", thread):
        raise NotFound
    return thread


def _number(field: str, otherwise: str) -> int:
    sent = request.form.get(field, "")
    if not is_number(sent):
        raise Invalid(otherwise)
    return int(sent)
