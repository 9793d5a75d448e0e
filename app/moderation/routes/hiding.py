"""Posts and threads that are hidden, with a reason, and shown again."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.database import found, locked, transaction
from app.errors import NotFound
from app.forums.holding import held_post
from app.forums.identity import member_about
from app.forums.models import Post, Thread
from app.forums.subjects import url_of
from app.moderation import actions
from app.moderation.forms import ReasonForm
from app.moderation.routes import bp
from app.permissions import can, require
from app.responses import done, notice
from app.spaces.frame import page_context
from app.spaces.models import Member

Answer = str | Response


@bp.get("/posts/<int:post_id>/hiding")
def post_hiding(post_id: int) -> Answer:
    """The field for the reason; of a hidden post what it says, for coordinators and its author."""
    post = found(Post, post_id)
    member = member_about(post.thread)
    if post.is_withdrawn:
        raise NotFound
    if post.hidden_at is None:
        require(member, "moderation.decide", post)
    elif not (can(member, "moderation.decide", post) or _is_author(member, post)):
        raise NotFound
    return _post_page(post, member, ReasonForm())


@bp.post("/posts/<int:post_id>/hiding")
def hide_post(post_id: int) -> Answer:
    """Take a post off all pages."""
    form = ReasonForm()
    if not form.validate_on_submit():
        post, member = _decided(found(Post, post_id))
        return _post_page(post, member, form), 422  # type: ignore[return-value]
    with transaction():
        post, member = _decided(held_post(post_id))
        if post.is_withdrawn:
            raise NotFound
        actions.hide_post(post, member, form.reason.data or "")
    return redirect(_at(post), 303)


@bp.delete("/posts/<int:post_id>/hiding")
def restore_post(post_id: int) -> Answer:
    """Show a hidden post again."""
    with transaction():
        post, member = _decided(held_post(post_id))
        actions.restore_post(post, member)
    return done(_at(post), notice(_("The post is shown again.")))


@bp.get("/threads/<int:thread_id>/hiding")
def thread_hiding(thread_id: int) -> Answer:
    """The field for the reason."""
    thread, member = _leading(found(Thread, thread_id))
    return _thread_page(thread, member, ReasonForm())


@bp.post("/threads/<int:thread_id>/hiding")
def hide_thread(thread_id: int) -> Answer:
    """Take a whole thread off all pages."""
    form = ReasonForm()
    if not form.validate_on_submit():
        thread, member = _leading(found(Thread, thread_id))
        return _thread_page(thread, member, form), 422  # type: ignore[return-value]
    with transaction():
        thread, member = _leading(locked(Thread, thread_id))
        actions.hide_thread(thread, member, form.reason.data or "")
    return redirect(url_for(".reports", space_id=member.space_id), 303)


@bp.delete("/threads/<int:thread_id>/hiding")
def restore_thread(thread_id: int) -> Answer:
    """Show a hidden thread again."""
    with transaction():
        thread, member = _leading(locked(Thread, thread_id))
        actions.restore_thread(thread, member)
    return done(url_of(thread), notice(_("The thread is shown again.")))


def _decided(post: Post) -> tuple[Post, Member]:
    member = member_about(post.thread)
    require(member, "moderation.decide", post)
    return post, member


def _is_author(member: Member, post: Post) -> bool:
    return member.wrote(post) and can(member, "forums.read", post.thread)


def _leading(thread: Thread) -> tuple[Thread, Member]:
    member = member_about(thread)
    require(member, "moderation.decide", thread)
    return thread, member


def _at(post: Post) -> str:
    return url_for("forums.show", post_id=post.id)


def _post_page(post: Post, member: Member, form: ReasonForm) -> str:
    return render_template(
        "moderation/post.html",
        post=post,
        form=form,
        may_decide=can(member, "moderation.decide", post),
        back=_at(post),
        **page_context(post.thread.forum.space, member),
    )


def _thread_page(thread: Thread, member: Member, form: ReasonForm) -> str:
    return render_template(
        "moderation/thread.html",
        thread=thread,
        form=form,
        back=url_of(thread),
        **page_context(thread.forum.space, member),
    )
