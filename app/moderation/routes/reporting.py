"""Reports of posts, and what became of one's own."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import outbox
from app.database import found, locked, transaction
from app.errors import NeedsSignIn
from app.forums.identity import member_about
from app.forums.models import Post
from app.limits import WRITING, limited
from app.moderation import actions, queries
from app.moderation.forms import ReportForm
from app.moderation.routes import bp
from app.permissions import require
from app.spaces.frame import page_context
from app.spaces.identity import present_account
from app.spaces.models import Member, Space

Answer = str | Response


@bp.get("/posts/<int:post_id>/reports/new")
def new_report(post_id: int) -> Answer:
    """The field for what is wrong with a post."""
    post, member = _reportable(found(Post, post_id))
    return _page(post, member, ReportForm())


@bp.post("/posts/<int:post_id>/reports")
@limited(WRITING, "reports")
def report(post_id: int) -> Answer:
    """Ask the coordinators to look at a post."""
    form = ReportForm()
    if not form.validate_on_submit():
        return _page(*_reportable(found(Post, post_id)), form), 422  # type: ignore[return-value]
    with transaction():
        post, member = _reportable(locked(Post, post_id, shared=True))
        new = actions.report(post, member, form.reason.data or "")
    if new:
        flash(_("Thank you. The coordinators will look at this post."))
    else:
        flash(_("You have reported this post already."))
    return redirect(url_for("forums.show", post_id=post_id), 303)


@bp.get("/reports")
def own_reports() -> Answer:
    """What one has reported, and what became of it."""
    account = present_account()
    if account is None:
        raise NeedsSignIn
    version = outbox.position(account.channel)
    reports = queries.reports_by(account)
    return render_template(
        "moderation/own_reports.html", reports=reports, account=account, version=version
    )


def _reportable(post: Post) -> tuple[Post, Member]:
    member = member_about(post.thread)
    require(member, "moderation.report", post)
    return post, member


def _page(post: Post, member: Member, form: ReportForm) -> str:
    return render_template(
        "moderation/report.html",
        post=post,
        form=form,
        known=queries.report_of(post.id, member.account_id),
        back=url_for("forums.show", post_id=post.id),
        **page_context(_space_of(post), member),
    )


def _space_of(post: Post) -> Space:
    return post.thread.forum.space
