"""Posts: write, reply, edit, withdraw, and see how a text will look; in events and in forums."""

from collections.abc import Callable, Sequence

from flask import Response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from app import outbox
from app.addresses import MOST_ID, is_number
from app.database import found, locked, transaction
from app.errors import NeedsSignIn, NotFound
from app.events import frame
from app.events.marks import marks
from app.events.models import Participant
from app.forums import actions, broadcasts, parts, queries
from app.forums.drafts import Desk, Draft, preview_of, sent_draft
from app.forums.holding import held_post
from app.forums.identity import person_about
from app.forums.models import Post, Thread
from app.forums.places import page_of, place_in, place_of
from app.forums.quotes import quote_of
from app.forums.routes import bp
from app.forums.subjects import url_of
from app.identity import is_somebody
from app.limits import LOOKING_UP, WRITING, limited
from app.permissions import require
from app.realtime import Stream
from app.realtime.audiences import View
from app.responses import done, notice, wants_streams
from app.spaces.identity import somebody_in
from app.spaces.models import Member, Space
from app.uploads import takes_files

Answer = str | AnyResponse
Author = Participant | Member

LONGEST_PREVIEW = 4000


@bp.post("/preview")
@limited(LOOKING_UP, "previews")
def preview() -> Response:
    """How a text in Markdown will look, as a piece of HTML."""
    if not is_somebody():
        raise NeedsSignIn
    return Response(preview_of(request.form.get("text", ""), LONGEST_PREVIEW))


@bp.post("/spaces/<int:space_id>/preview")
@limited(LOOKING_UP, "previews")
def preview_in(space_id: int) -> Response:
    """The same in a space, where people are named and files are shown."""
    space = found(Space, space_id)
    require(somebody_in(space), "spaces.read", space)
    return Response(place_in(space).preview(request.form.get("text", "")))


@bp.post("/threads/<int:thread_id>/posts")
@takes_files
@limited(WRITING, "posts")
def write(thread_id: int) -> Answer:
    """Say something in a thread."""
    return _say(found(Thread, thread_id), None)


@bp.get("/posts/<int:post_id>/replies/new")
def new_reply(post_id: int) -> Answer:
    """The field for a reply."""
    post = _answerable(post_id)
    begun = quote_of(post) if "quote" in request.args else ""
    return _new_page(post.thread, post, Draft(begun, "", False))


@bp.post("/posts/<int:post_id>/replies")
@takes_files
@limited(WRITING, "posts")
def reply(post_id: int) -> Answer:
    """Reply to a post, on the page that quotes it."""
    post = found(Post, post_id)
    return _say(post.thread, post)


def _say(thread: Thread, quoted: Post | None) -> Answer:
    sent, person = sent_draft(), _writer(thread)
    form = _form_of(person)
    if sent.wants_preview:
        return _new_page(thread, _answerable(quoted.id) if quoted else None, sent)
    newer = _unseen(thread, person)
    if newer:
        return _new_page(thread, quoted, sent, newer)
    words = place_of(thread).words(sent.text)
    with transaction():
        thread = locked(Thread, thread.id, shared=thread.forum_id is None)
        person = _writer(thread)
        quoted_id = quoted.id if quoted else None
        post, is_new = actions.write_post(thread, person, words, sent.key, quoted_id)
        if is_new and form is not None:
            parts.keep(post, form)
    if quoted is not None and thread.forum_id is None:
        return redirect(at(post), 303)
    return done(at(post), *own_streams(post, person), *_arrival(post))


def _writer(thread: Thread) -> Author:
    person = person_about(thread)
    require(person, "forums.write", thread)
    return person


def _form_of(person: Author) -> MultiDict[str, str] | None:
    """What came with the words, for the parts of a forum's post."""
    return parts.received(person) if isinstance(person, Member) else None


def _unseen(thread: Thread, person: Author) -> list[Post]:
    """What others have said since the page was opened; a live page has shown it already."""
    seen = request.form.get("seen", "")
    if not is_number(seen) or thread.forum_id is None or wants_streams():
        return []
    newer = queries.newest_after(thread, min(int(seen), MOST_ID))
    return [post for post in newer if not person.wrote(post)]


def _answerable(post_id: int) -> Post:
    """A post that everybody sees, in a thread that the present person may write in."""
    post = found(Post, post_id)
    _writer(post.thread)
    if post.is_hidden:
        raise NotFound
    return post


def at(post: Post) -> str:
    """Where a post is read."""
    if post.thread.forum_id is None:
        return f"{url_of(post.thread)}#post-{post.id}"
    return url_for(".show_thread", thread_id=post.thread_id, at=post.id, _anchor=f"post-{post.id}")


@bp.get("/posts/<int:post_id>")
def show(post_id: int) -> AnyResponse:
    """The page where a post is read."""
    post = found(Post, post_id)
    require(person_about(post.thread), "forums.read", post.thread)
    return redirect(at(post))


def own_streams(post: Post, person: Author) -> list[Markup]:
    """What changes at once on the page of the one who did it."""
    version = outbox.position(post.thread.channel)
    if isinstance(person, Member):
        context = queries.card_contexts_by_id([post.id]).get(post.id)
        return [broadcasts.new_card.stream(post.id, context, View.SPACE, version)]
    context = queries.posts_by_id([post.id]).get(post.id)
    card = broadcasts.post.stream(post.id, context, View.HALL, version)
    return [card, *frame.personal_streams(person, marks)]


def _arrival(post: Post) -> list[Markup]:
    """Whoever wrote from an older window goes to where their post stands."""
    if post.thread.forum_id is None:
        return []
    return [Stream("arrive", f"post-{post.id}", attributes=(("href", at(post)),)).markup()]


def _mine(post: Post) -> Author:
    person = person_about(post.thread)
    require(person, "forums.read", post.thread)
    require(person, "forums.edit", post)
    return person


def _prepared(post: Post, person: Author, sent: Draft) -> Callable[[Post], None]:
    words, form = place_of(post.thread).words(sent.text, post), _form_of(person)

    def change(post: Post) -> None:
        actions.edit_post(post, words)
        if form is not None:
            parts.keep(post, form)

    return change


def _edit_page(post: Post, person: Author, sent: Draft) -> str:
    return render_template(
        "forums/write.html",
        heading=_("Edit your post") if post.thread.forum_id else _("Edit your comment"),
        sent=sent,
        action=url_for(".edit", post_id=post.id),
        quoted=post.reply_to,
        back=at(post),
        preview=place_of(post.thread).preview(sent.text, post) if sent.wants_preview else None,
        button=_("Save"),
        kept=f"post-{post.id}",
        place=f"post-{post.id}" if post.thread.forum_id else "",
        most=place_of(post.thread).most,
        **page_of(post.thread, person),
    )


_desk = Desk(Post, held_post, _mine, _edit_page, _prepared, actions.withdraw_post, at)


@bp.get("/posts/<int:post_id>/edit")
def edit_form(post_id: int) -> Answer:
    """The field to say it differently."""
    return _desk.open(post_id)


@bp.post("/posts/<int:post_id>")
@takes_files
@limited(WRITING, "posts")
def edit(post_id: int) -> Answer:
    """Say it differently."""
    return _desk.save(post_id)


@bp.delete("/posts/<int:post_id>")
def withdraw(post_id: int) -> AnyResponse:
    """Take it back."""
    post, person = _desk.take_back(post_id)
    said = _("Your post is withdrawn.") if post.thread.forum_id else _("Your comment is withdrawn.")
    return done(url_of(post.thread), *own_streams(post, person), notice(said))


def _new_page(thread: Thread, quoted: Post | None, sent: Draft, newer: Sequence[Post] = ()) -> str:
    """The field on a page of its own; `newer` is what came while this was being written."""
    answers = url_for(".reply", post_id=quoted.id) if quoted else ""
    return render_template(
        "forums/write.html",
        heading=_("Reply") if quoted else _("Your post") if thread.forum_id else _("Comment"),
        action=answers or url_for(".write", thread_id=thread.id),
        sent=sent,
        most=place_of(thread).most,
        quoted=quoted,
        newer=newer,
        back=at(quoted) if quoted else url_of(thread),
        preview=place_of(thread).preview(sent.text) if sent.wants_preview else None,
        button=_("Send"),
        kept=f"post-new-{thread.id}-{quoted.id if quoted else 0}",
        place=f"thread-{thread.id}" if thread.forum_id else "",
        **page_of(thread, _writer(thread)),
    )
