"""A contribution by itself: what others say to it, and what it said before."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import outbox
from app.arranging.wordings import Wording, wordings
from app.breakouts import actions, queries
from app.breakouts.models import Contribution
from app.breakouts.routes import bp
from app.breakouts.routes.writing import card
from app.database import found, locked, transaction
from app.events.frame import page_context, personal_streams
from app.events.identity import somebody_in
from app.events.marks import marks
from app.events.models import Participant
from app.forums.actions import write_post
from app.forums.drafts import Draft, preview_of, sent_draft
from app.forums.models import LONGEST_COMMENT
from app.forums.queries import discussion
from app.limits import TAPPING, WRITING, limited
from app.permissions import WRITERS, can, require
from app.reactions.models import Reaction
from app.responses import done


@bp.get("/contributions/<int:contribution_id>")
def contribution(contribution_id: int) -> str:
    """A contribution with its replies."""
    return _page(contribution_id, Draft("", "", False))


def _page(contribution_id: int, sent: Draft) -> str:
    subject, person = _readable(found(Contribution, contribution_id))
    thread = queries.thread_of(subject)
    page = page_context(subject.room.round.event, person)
    return render_template(
        "breakouts/contribution.html",
        **page,
        **queries.contributions_by_id([subject.id])[subject.id],
        round=subject.room.round,
        room_version=outbox.position(subject.room.channel),
        hears_room=can(person, "breakouts.enter", subject.room),
        wordings=_wordings(subject, person),
        thread_version=outbox.position(thread.channel) if thread else 0,
        discussion=discussion(thread) if thread else None,
        may_reply=person.role in WRITERS,
        sent=sent,
        preview=preview_of(sent.text, LONGEST_COMMENT) if sent.wants_preview else None,
    )


def _readable(subject: Contribution) -> tuple[Contribution, Participant]:
    person = somebody_in(subject.room.round.event)
    require(person, "breakouts.read_text", subject)
    return subject, person


def _wordings(subject: Contribution, reader: Participant) -> list[Wording]:
    """What it said before, and then; nothing where it has always said the same.

    What moderators have put differently may have named somebody: others do not read that.
    """
    if subject.reworded_at and not (reader.wrote(subject) or reader.is_moderator):
        return []
    earlier = [(each.written_at, each.text) for each in queries.earlier_wordings(subject)]
    now = (subject.edited_at or subject.created_at, subject.text)
    return wordings([now, *earlier]) if earlier else []


@bp.post("/contributions/<int:contribution_id>/replies")
@limited(WRITING, "posts")
def reply(contribution_id: int) -> str | Response:
    """Reply where nobody has done so before; the thread begins with that."""
    sent = sent_draft()
    if sent.wants_preview:
        return _page(contribution_id, sent)
    words = sent.words(LONGEST_COMMENT)
    with transaction():
        subject, person = _readable(locked(Contribution, contribution_id))
        thread = actions.begin_talk(subject)
        require(person, "forums.write", thread)
        post, _is_new = write_post(thread, person, words, sent.key)
    at = url_for(".contribution", contribution_id=contribution_id, _anchor=f"post-{post.id}")
    return redirect(at, 303)


@bp.route(
    "/contributions/<int:contribution_id>/reactions/<kind>", methods=["PUT", "DELETE", "POST"]
)
@limited(TAPPING, "reactions")
def react(contribution_id: int, kind: str) -> Response:
    """Say something with one tap, or take it back; a form says by `supported` which of the two."""
    is_wanted = request.method == "PUT"
    if request.method == "POST":
        is_wanted = request.form.get("supported") != "0"
    with transaction():
        subject = locked(Contribution, contribution_id, shared=True)
        person = somebody_in(subject.room.round.event)
        require(person, "breakouts.react", subject)
        actions.react(subject, person, Reaction.called(kind), is_wanted)
    url = url_for(".contribution", contribution_id=subject.id)
    return done(url, card(subject), *personal_streams(person, marks))
