"""Who is told what when posts are reported and hidden."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.addresses import is_number
from app.database import found
from app.moderation.facts import ReportsChanged, ReportSettled, ThreadHidden
from app.moderation.models import PostReport
from app.moderation.queries import reports_where, waiting_counts
from app.permissions import require
from app.realtime import (
    Audience,
    Dismiss,
    Partial,
    Redraw,
    Stream,
    View,
    channel,
    redraws,
)
from app.realtime.partials import Change
from app.spaces.identity import somebody_in
from app.spaces.models import Space
from app.spaces.subscriptions import audience_in

SPACE = frozenset({View.SPACE})
PERSON = frozenset({View.PERSON})


@channel("reports")
def coordinators(id: str) -> Audience:
    """Those who look at the reports of a space: its coordinators."""
    space = found(Space, int(id) if is_number(id) else 0)
    require(somebody_in(space), "moderation.decide", space)
    return audience_in(space.id, f"reports:{space.id}")


def _counts(space_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    counts = waiting_counts(space_ids)
    return {id: {"space_id": id, "count": counts.get(id, 0)} for id in space_ids}


def _own(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {report.id: {"report": report} for report in reports_where(PostReport.id.in_(ids))}


count = Partial("moderation/_count.html", "reports-count-{id}", _counts, PERSON)
own_report = Partial("moderation/_own_report.html", "report-{id}", _own, PERSON)


@redraws(ReportsChanged)
def _reports(fact: ReportsChanged) -> Iterable[Change]:
    """The list differs from one coordinator to the next, so each page fetches its own."""
    return [Redraw(count, fact.space_id), Stream("catch-up", views=SPACE)]


@redraws(ReportSettled)
def _settled(fact: ReportSettled) -> Iterable[Change]:
    return [Redraw(own_report, fact.report_id)]


@redraws(ThreadHidden)
def _thread_hidden(_fact: ThreadHidden) -> Iterable[Change]:
    return [Dismiss(View.SPACE)]
