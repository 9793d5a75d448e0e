"""What a forum hands in, as it stands above its threads, and the way to it in the forum's menu."""

from collections.abc import Iterable

from flask import render_template
from markupsafe import Markup

from app.forums.models import Forum
from app.requests import queries
from app.spaces.identity import member_in


def above(forum: Forum) -> Iterable[Markup]:
    """The report with what became of its request, once there is one."""
    report = queries.report_of(forum)
    if report is None or report.is_empty:
        return []
    request = queries.request_of_forum(forum.id)
    card = queries.card_of(request) if request is not None and request.text else None
    html = render_template(
        "requests/_forum_report.html",
        forum=forum,
        report=report,
        card=card,
        may_write=_may_write(forum),
    )
    return [Markup(html)]  # noqa: S704 - a template has escaped what people wrote


def in_menu(forum: Forum) -> Iterable[Markup]:
    """The way to write the report, for those who may."""
    if not _may_write(forum):
        return []
    html = render_template("requests/_menu_entry.html", forum=forum)
    return [Markup(html)]  # noqa: S704 - a template has escaped what people wrote


def _may_write(forum: Forum) -> bool:
    member = member_in(forum.space)
    return member is not None and queries.is_reporter(forum, member)
