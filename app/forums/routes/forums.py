"""Forums: those of a space, and the threads of each."""

from flask import make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.addresses import MOST_ID, is_number
from app.database import found, locked, transaction
from app.forums import actions, panels, queries
from app.forums.forms import ForumForm
from app.forums.models import Forum
from app.forums.permissions import threads_in
from app.forums.routes import bp
from app.forums.tags import tagged, tags_in_forum
from app.permissions import require
from app.spaces.frame import page_context
from app.spaces.identity import somebody_in
from app.spaces.models import Member, Space

Answer = str | Response


def entered(forum_id: int) -> tuple[Forum, Member]:
    """The forum and the person in its space; raises unless they may read it."""
    forum = found(Forum, forum_id)
    return forum, _reader(forum.space)


def _reader(space: Space) -> Member:
    member = somebody_in(space)
    require(member, "spaces.read", space)
    return member


@bp.get("/spaces/<int:space_id>/forums")
def index(space_id: int) -> Answer:
    """The forums of a space."""
    space = found(Space, space_id)
    member = _reader(space)
    page = page_context(space, member)
    closed = queries.forums_of(space, archived=True)
    shown = panels.forums(space, member)
    return render_template("forums/index.html", closed_forums=closed, **shown, **page)


@bp.get("/forums/<int:forum_id>")
def show_forum(forum_id: int) -> Answer:
    """A forum's threads: pinned ones first, then those with the newest posts."""
    forum, member = entered(forum_id)
    page = page_context(forum.space, member)
    tags = tags_in_forum(forum.id)
    tag = next((known for known in tags if str(known.id) == request.args.get("tag")), None)
    conditions = [threads_in([forum.space_id]), *([tagged(tag.id)] if tag else [])]
    rows = queries.threads_page(forum, *conditions, before=_cursor())
    ids = [row.thread.id for row in (*rows.pinned, *rows.others)]
    return render_template(
        "forums/forum.html",
        forum=forum,
        rows=rows,
        tags=tags,
        tag=tag,
        unread_posts=queries.unread_by_thread(member.account_id, ids),
        **page,
    )


def _cursor() -> tuple[int, int] | None:
    """Where the page begins, as the one before it said."""
    newest, _dash, id = request.args.get("before", "").partition("-")
    if not (is_number(newest) and is_number(id)):
        return None
    return min(int(newest), MOST_ID), min(int(id), MOST_ID)


@bp.get("/spaces/<int:space_id>/forums/new")
def new_forum(space_id: int) -> Answer:
    """The form for another forum."""
    space = found(Space, space_id)
    member = _reader(space)
    require(member, "forums.arrange", space)
    return _form_page(space, member, ForumForm(), None)


@bp.post("/spaces/<int:space_id>/forums")
def create_forum(space_id: int) -> Answer:
    """Open another forum."""
    form, space = ForumForm(), found(Space, space_id)
    member = _reader(space)
    require(member, "forums.arrange", space)
    if not form.validate_on_submit():
        return make_response(_form_page(space, member, form, None), 422)
    with transaction():
        space = locked(Space, space_id)
        require(_reader(space), "forums.arrange", space)
        last = max((forum.position for forum in queries.forums_of(space)), default=0)
        forum = actions.create_forum(space, form.title.data, form.description.data, last + 1)
    return redirect(url_for(".show_forum", forum_id=forum.id), 303)


@bp.get("/forums/<int:forum_id>/edit")
def edit_forum(forum_id: int) -> Answer:
    """The form for its title, and what it is for."""
    forum, member = entered(forum_id)
    require(member, "forums.arrange", forum)
    return _form_page(forum.space, member, ForumForm(obj=forum), forum)


@bp.post("/forums/<int:forum_id>")
def save_forum(forum_id: int) -> Answer:
    """Give it another title, or say better what it is for."""
    form = ForumForm()
    forum, member = entered(forum_id)
    require(member, "forums.arrange", forum)
    if not form.validate_on_submit():
        return make_response(_form_page(forum.space, member, form, forum), 422)
    with transaction():
        actions.describe_forum(_arranged(forum_id), form.title.data, form.description.data)
    return redirect(url_for(".show_forum", forum_id=forum_id), 303)


@bp.post("/forums/<int:forum_id>/archive")
def archive(forum_id: int) -> Response:
    """Let nobody write in it any more."""
    with transaction():
        actions.archive_forum(_arranged(forum_id), True)
    return redirect(url_for(".show_forum", forum_id=forum_id), 303)


@bp.delete("/forums/<int:forum_id>/archive")
def reopen(forum_id: int) -> Response:
    """Let people write in it again."""
    with transaction():
        actions.archive_forum(_arranged(forum_id), False)
    return redirect(url_for(".show_forum", forum_id=forum_id), 303)


@bp.post("/forums/<int:forum_id>/place")
def move(forum_id: int) -> Response:
    """Let it stand one place further up, or down."""
    with transaction():
        locked(Space, found(Forum, forum_id).space_id)  # before any forum: others move theirs
        forum = _arranged(forum_id)
        actions.move_forum(forum, -1 if request.form.get("to") == "up" else 1)
    return redirect(url_for(".index", space_id=forum.space_id), 303)


def _arranged(forum_id: int) -> Forum:
    """The forum, held by somebody who may arrange it."""
    forum = locked(Forum, forum_id)
    require(_reader(forum.space), "forums.arrange", forum)
    return forum


def _form_page(space: Space, member: Member, form: ForumForm, forum: Forum | None) -> str:
    page = page_context(space, member)
    return render_template("forums/edit.html", form=form, forum=forum, **page)
