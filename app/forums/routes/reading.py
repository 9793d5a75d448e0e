"""What somebody has read, and what is new to them."""

from flask import Response, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.addresses import MOST_ID, is_number
from app.database import found, transaction
from app.errors import NeedsSignIn, NotFound
from app.forums import actions, queries
from app.forums.identity import member_about
from app.forums.models import Forum, Post, Thread
from app.forums.permissions import readable_forums, threads_readable_by
from app.forums.routes import bp
from app.forums.routes.forums import entered
from app.limits import TAPPING, limited
from app.permissions import require
from app.spaces.identity import present_account, somebody_in
from app.spaces.models import Space

MOST_ASKED = 200  # things at once


@bp.post("/threads/<int:thread_id>/reading")
@limited(TAPPING, "reading")
def note(thread_id: int) -> AnyResponse:
    """These posts were on the screen."""
    _note(thread_id, request.form.get("post", ""))
    return Response(status=204)


@bp.get("/threads/<int:thread_id>/reading")
@limited(TAPPING, "reading")
def note_without_script(thread_id: int) -> AnyResponse:
    """The same, for pages on which no script runs: they fetch this like a picture."""
    _note(thread_id, request.args.get("post", ""))
    return Response(status=204, headers={"Cache-Control": "no-store"})


def _note(thread_id: int, post: str) -> None:
    with transaction():
        thread = found(Thread, thread_id)
        member = member_about(thread)
        require(member, "forums.read", thread)
        if not is_number(post) or found(Post, int(post)).thread_id != thread_id:
            raise NotFound
        actions.note_reading(thread, member.account_id, int(post))


@bp.post("/forums/<int:forum_id>/reading")
def read_forum(forum_id: int) -> AnyResponse:
    """Nothing in this forum is new any more."""
    with transaction():
        forum, member = entered(forum_id)
        actions.read_forum(forum, member.account_id)
    return redirect(url_for(".show_forum", forum_id=forum_id), 303)


@bp.post("/spaces/<int:space_id>/reading")
def read_space(space_id: int) -> AnyResponse:
    """Nothing in this space is new any more."""
    with transaction():
        space = found(Space, space_id)
        member = somebody_in(space)
        require(member, "spaces.read", space)
        actions.read_space(space_id, member.account_id)
    return redirect(url_for("spaces.show", space_id=space_id), 303)


@bp.get("/unread")
@limited(TAPPING, "unread")
def unread() -> AnyResponse:
    """How much is new, as JSON: of threads and forums that the page shows, by `thread` and `forum`.

    What somebody may not read is left out.
    """
    account = present_account()
    if account is None:
        raise NeedsSignIn
    threads = queries.ids_of(Thread, _asked("thread"), threads_readable_by(account.id))
    forums = queries.ids_of(Forum, _asked("forum"), readable_forums(account.id))
    return jsonify(
        thread=queries.unread_by_thread(account.id, threads),
        forum=queries.unread_by_forum(account.id, forums),
    )


def _asked(name: str) -> list[int]:
    ids = request.args.get(name, "").split(",")[:MOST_ASKED]
    return [int(id) for id in ids if is_number(id) and int(id) <= MOST_ID]
