"""The reports of a space that wait for its coordinators, what is hidden in it, and the log."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import outbox
from app.addresses import is_number
from app.database import found, transaction
from app.forums.holding import held_post
from app.forums.identity import member_about
from app.forums.models import Post
from app.moderation import actions, queries
from app.moderation.log import WORDS
from app.moderation.models import LONGEST_REASON
from app.moderation.routes import bp
from app.permissions import require
from app.spaces.frame import page_context
from app.spaces.identity import somebody_in
from app.spaces.models import Member, Space

Answer = str | Response


def _entered(space_id: int) -> tuple[Space, Member]:
    space = found(Space, space_id)
    member = somebody_in(space)
    require(member, "moderation.decide", space)
    return space, member


@bp.get("/spaces/<int:space_id>/reports")
def reports(space_id: int) -> Answer:
    """The reported posts that wait, and what is hidden now."""
    space, member = _entered(space_id)
    return render_template(
        "moderation/reports.html",
        **page_context(space, member),
        reports_version=outbox.position(f"reports:{space.id}"),
        waiting=queries.waiting(space.id),
        hidden_posts=queries.hidden_posts(space.id),
        hidden_threads=queries.hidden_threads(space.id),
        decides_alone=not queries.has_others_to_decide(space.id, member.account_id),
        longest=LONGEST_REASON,
    )


@bp.post("/posts/<int:post_id>/reports/dismissal")
def dismiss(post_id: int) -> Answer:
    """Leave a reported post where it is."""
    with transaction():
        post, member = _decided(held_post(post_id))
        actions.dismiss_reports(post, member, request.form.get("reason", "")[:LONGEST_REASON])
    return redirect(url_for(".reports", space_id=member.space_id), 303)


@bp.delete("/posts/<int:post_id>/reports/dismissal")
def reopen(post_id: int) -> Answer:
    """Look once more at what was left where it is."""
    with transaction():
        post, member = _decided(held_post(post_id))
        actions.reopen_reports(post, member)
    return redirect(url_for(".reports", space_id=member.space_id), 303)


def _decided(post: Post) -> tuple[Post, Member]:
    member = member_about(post.thread)
    require(member, "moderation.decide", post)
    return post, member


@bp.get("/spaces/<int:space_id>/log")
def log(space_id: int) -> Answer:
    """What coordinators have done, the latest first."""
    space, member = _entered(space_id)
    before = request.args.get("before", "")
    entries = queries.entries(space.id, int(before) if is_number(before) else None)
    shown = entries[: queries.MOST]
    return render_template(
        "moderation/log.html",
        entries=shown,
        older=shown[-1].id if len(entries) > len(shown) else None,
        words=WORDS,
        **page_context(space, member),
    )
