"""The routes of discussions: write, reply, edit, withdraw, and see how a text will look."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app import outbox
from app.database import found, locked, transaction
from app.errors import NeedsSignIn, NotFound
from app.events import frame
from app.events.identity import somebody_in
from app.events.models import Participant
from app.extensions import limiter
from app.forums import actions, broadcasts, queries
from app.forums.drafts import Draft, preview_of, sent_draft
from app.forums.models import LONGEST_POST, Post, Thread
from app.forums.subjects import url_of
from app.identity import is_somebody, who
from app.permissions import require
from app.realtime.audiences import View
from app.responses import done, notice

bp = Blueprint("forums", __name__)
Answer = str | AnyResponse

LONGEST_PREVIEW = 4000


@bp.post("/preview")
@limiter.limit("60 per minute", key_func=lambda: f"previews {who()}")
def preview() -> Response:
    """How a text in Markdown will look, as a piece of HTML."""
    if not is_somebody():
        raise NeedsSignIn
    return Response(preview_of(request.form.get("text", ""), LONGEST_PREVIEW))


@bp.post("/threads/<int:thread_id>/posts")
@limiter.limit("30 per minute", key_func=lambda: f"posts {who()}")
def write(thread_id: int) -> Answer:
    """Say something in a thread."""
    sent = sent_draft()
    if sent.wants_preview:
        return _new_page(_writable(found(Thread, thread_id))[0], None, sent)
    post, person = _write(thread_id, sent, None)
    return done(_at(post), *own_streams(post, person))


@bp.get("/posts/<int:post_id>/replies/new")
def new_reply(post_id: int) -> Answer:
    """The field for a reply."""
    post = _readable(post_id)
    return _new_page(post.thread, post, Draft("", "", False))


@bp.post("/posts/<int:post_id>/replies")
@limiter.limit("30 per minute", key_func=lambda: f"posts {who()}")
def reply(post_id: int) -> Answer:
    """Reply to a post, on the page that quotes it."""
    sent = sent_draft()
    if sent.wants_preview:
        post = _readable(post_id)
        return _new_page(post.thread, post, sent)
    post, _person = _write(found(Post, post_id).thread_id, sent, post_id)
    return redirect(_at(post), 303)


def _write(thread_id: int, sent: Draft, reply_to_id: int | None) -> tuple[Post, Participant]:
    words = sent.words(LONGEST_POST)
    with transaction():
        thread, person = _writable(locked(Thread, thread_id, shared=True))
        post, _new = actions.write_post(thread, person, words, sent.key, reply_to_id)
    return post, person


def _writable(thread: Thread) -> tuple[Thread, Participant]:
    person = somebody_in(thread.event)
    require(person, "forums.write", thread)
    return thread, person


def _readable(post_id: int) -> Post:
    """A post that everybody sees, in a thread that the present person may write in."""
    contexts = queries.posts_by_id([post_id])
    if post_id not in contexts or contexts[post_id]["post"].is_withdrawn:
        raise NotFound
    post: Post = contexts[post_id]["post"]
    _writable(post.thread)
    return post


def _at(post: Post) -> str:
    return f"{url_of(post.thread)}#post-{post.id}"


def own_streams(post: Post, person: Participant) -> list[Markup]:
    """What changes at once on the page of the one who did it."""
    version = outbox.position(post.thread.channel)
    context = queries.posts_by_id([post.id]).get(post.id)
    card = broadcasts.post.stream(post.id, context, View.HALL, version)
    my_version = outbox.position(person.channel)
    return [card, *frame.personal_streams(person, my_version, broadcasts.marks)]


def _own(post: Post) -> Participant:
    person = somebody_in(post.thread.event)
    require(person, "forums.edit", post)
    return person


@bp.get("/posts/<int:post_id>/edit")
def edit_form(post_id: int) -> Answer:
    """The field to say it differently."""
    post = found(Post, post_id)
    return _edit_page(post, _own(post), Draft(post.text, "", False))


@bp.post("/posts/<int:post_id>")
@limiter.limit("30 per minute", key_func=lambda: f"posts {who()}")
def edit(post_id: int) -> Answer:
    """Say it differently."""
    sent = sent_draft()
    if sent.wants_preview:
        post = found(Post, post_id)
        return _edit_page(post, _own(post), sent)
    words = sent.words(LONGEST_POST)
    with transaction():
        post = locked(Post, post_id)
        _own(post)
        actions.edit_post(post, words)
    return redirect(_at(post), 303)


@bp.delete("/posts/<int:post_id>")
def withdraw(post_id: int) -> AnyResponse:
    """Take it back."""
    with transaction():
        post = locked(Post, post_id)
        person = _own(post)
        actions.withdraw_post(post, person)
    parts = own_streams(post, person)
    return done(url_of(post.thread), *parts, notice(_("Your comment is withdrawn.")))


def _new_page(thread: Thread, quoted: Post | None, sent: Draft) -> str:
    if quoted is None:
        action = url_for(".write", thread_id=thread.id)
    else:
        action = url_for(".reply", post_id=quoted.id)
    heading = _("Reply") if quoted else _("Comment")
    return render_template(
        "forums/write.html",
        heading=heading,
        action=action,
        sent=sent,
        most=LONGEST_POST,
        quoted=quoted,
        back=url_of(thread),
        preview=_preview(sent),
        button=_("Send"),
        kept=f"post-new-{thread.id}-{quoted.id if quoted else 0}",
        **frame.page_context(thread.event, somebody_in(thread.event)),
    )


def _edit_page(post: Post, person: Participant, sent: Draft) -> str:
    return render_template(
        "forums/write.html",
        heading=_("Edit your comment"),
        sent=sent,
        most=LONGEST_POST,
        action=url_for(".edit", post_id=post.id),
        quoted=post.reply_to,
        back=url_of(post.thread),
        preview=_preview(sent),
        button=_("Save"),
        kept=f"post-{post.id}",
        **frame.page_context(post.thread.event, person),
    )


def _preview(sent: Draft) -> Markup | None:
    return preview_of(sent.text, LONGEST_POST) if sent.wants_preview else None
