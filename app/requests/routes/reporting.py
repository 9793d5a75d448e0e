"""What a forum hands in: by coordinators, and by the members whom they name."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.database import found, locked, transaction
from app.errors import Conflict, Refused
from app.forums.models import Forum
from app.permissions import SpaceRole, require
from app.requests import actions, queries
from app.requests.forms import ReportForm
from app.requests.models import LONGEST_PART, PARTS, ForumReport
from app.requests.routes import Answer, bp
from app.spaces.frame import page_context
from app.spaces.identity import somebody_in
from app.spaces.models import Member, Space


def _reporting(forum: Forum) -> Member:
    member = somebody_in(forum.space)
    require(member, "spaces.read", forum.space)
    if not queries.is_reporter(forum, member):
        raise Refused
    return member


@bp.get("/forums/<int:forum_id>/report")
def report(forum_id: int) -> Answer:
    """The three fields, as they stand."""
    forum = found(Forum, forum_id)
    member, present = _reporting(forum), queries.report_of(forum)
    values: dict[str, Any] = {"version": present.version if present else 0}
    values |= {name: getattr(present, name) for name in PARTS} if present else {}
    return _page(forum, member, ReportForm(data=values), present)


@bp.post("/forums/<int:forum_id>/report")
def write(forum_id: int) -> Answer:
    """Hand it in; whoever began from an older state sees both, and loses nothing."""
    forum = found(Forum, forum_id)
    member = _reporting(forum)
    form = ReportForm()
    if not form.validate_on_submit():
        return _page(forum, member, form, queries.report_of(forum)), 422
    try:
        with transaction():
            forum = locked(Forum, forum_id)
            actions.write_report(forum, _reporting(forum), form.parts, form.version.data or 0)
    except Conflict as error:
        return _stale(forum_id, form, error)
    flash(_("It is handed in. You can change it at any time."))
    return redirect(url_for("forums.show_forum", forum_id=forum_id), 303)


def _stale(forum_id: int, form: ReportForm, error: Conflict) -> Answer:
    """What was typed stands in the fields, what others wrote beside them."""
    forum = found(Forum, forum_id)
    present = queries.report_of(forum)
    form.version.data = present.version if present else 0
    form.version.raw_data = None
    return _page(forum, _reporting(forum), form, present, conflict=error.message), error.status


def _page(
    forum: Forum,
    member: Member,
    form: ReportForm,
    present: ForumReport | None,
    conflict: Any = None,
) -> str:
    leads = member.role == SpaceRole.COORDINATOR
    root = found(Space, forum.space.root_id)
    page = page_context(forum.space, member)
    return render_template(
        "requests/report.html",
        **page,
        forum=forum,
        form=form,
        report=present,
        conflict=conflict,
        most=LONGEST_PART,
        asked_of=root.name,
        people=queries.members_and_reporters(forum) if leads else [],
    )


@bp.post("/forums/<int:forum_id>/reporters")
def name_reporters(forum_id: int) -> Response:
    """Name the members who may write the report."""
    with transaction():
        forum = locked(Forum, forum_id)
        member = somebody_in(forum.space)
        require(member, "requests.name_reporters", forum)
        ids = {int(id) for id in request.form.getlist("person") if is_number(id)}
        actions.name_reporters(forum, ids)
    return redirect(url_for(".report", forum_id=forum_id), 303)
