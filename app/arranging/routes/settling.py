"""Pinned, closed, solved, named."""

from flask import redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.arranging import actions
from app.arranging.forms import TitleForm
from app.arranging.routes import bp
from app.arranging.routes.entering import arranged, settled
from app.database import transaction
from app.errors import NotFound
from app.forums.holding import held_post
from app.forums.models import Thread
from app.forums.subjects import url_of
from app.responses import done, notice
from app.spaces.frame import page_context
from app.spaces.models import Member

Answer = str | Response


@bp.post("/threads/<int:thread_id>/pin")
def pin(thread_id: int) -> Answer:
    """Let a thread stand at the top of its forum."""
    return _pin(thread_id, True, _("The thread now stands at the top of its forum."))


@bp.delete("/threads/<int:thread_id>/pin")
def unpin(thread_id: int) -> Answer:
    """Let a thread stand in its order again."""
    return _pin(thread_id, False, _("The thread stands in its order again."))


def _pin(thread_id: int, pinned: bool, word: str) -> Answer:
    with transaction():
        thread, member = arranged(thread_id, held=True)
        actions.set_pinned(thread, member, pinned)
    return done(url_of(thread), notice(word))


@bp.post("/threads/<int:thread_id>/closure")
def close(thread_id: int) -> Answer:
    """Let nobody write in a thread any more."""
    return _close(thread_id, True, _("The thread is closed."))


@bp.delete("/threads/<int:thread_id>/closure")
def reopen(thread_id: int) -> Answer:
    """Let everybody write in a thread again."""
    return _close(thread_id, False, _("The thread is open again."))


def _close(thread_id: int, closed: bool, word: str) -> Answer:
    with transaction():
        thread, member = arranged(thread_id, held=True)
        actions.set_closed(thread, member, closed)
    return done(url_of(thread), notice(word))


@bp.post("/posts/<int:post_id>/acceptance")
def accept(post_id: int) -> Answer:
    """Say that this post solves its thread."""
    with transaction():
        post = held_post(post_id)
        thread, member = settled(post.thread_id)
        if post.is_hidden:
            raise NotFound
        actions.accept(thread, member, post)
    return done(url_of(thread), notice(_("The thread is marked as solved.")))


@bp.delete("/threads/<int:thread_id>/acceptance")
def unaccept(thread_id: int) -> Answer:
    """Say that a thread is not solved yet."""
    with transaction():
        thread, member = settled(thread_id, held=True)
        actions.accept(thread, member, None)
    return done(url_of(thread), notice(_("The thread is no longer marked as solved.")))


@bp.get("/threads/<int:thread_id>/title")
def title(thread_id: int) -> Answer:
    """The field for another title."""
    thread, member = settled(thread_id)
    return _title_page(thread, member, TitleForm(title=thread.title))


@bp.post("/threads/<int:thread_id>/title")
def rename(thread_id: int) -> Answer:
    """Give a thread another title."""
    form = TitleForm()
    if not form.validate_on_submit():
        return _title_page(*settled(thread_id), form), 422  # type: ignore[return-value]
    with transaction():
        thread, member = settled(thread_id, held=True)
        actions.rename(thread, member, form.title.data or "")
    return redirect(url_of(thread), 303)


def _title_page(thread: Thread, member: Member, form: TitleForm) -> str:
    return render_template(
        "arranging/title.html",
        thread=thread,
        form=form,
        back=url_of(thread),
        **page_context(thread.forum.space, member),
    )
