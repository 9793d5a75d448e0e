"""Who was in which room, from when till when: for those who lead, on a page or as a table."""

from datetime import datetime

from flask import Response, render_template, request
from flask_babel import gettext as _

from app.breakouts import queries
from app.breakouts.queries.attendance import Visit
from app.breakouts.routes import bp
from app.errors import Invalid
from app.events.frame import page_context
from app.events.identity import somebody_in
from app.events.models import Event
from app.events.queries import event_by_code
from app.exporting.tables import Cell, Table, as_csv
from app.limits import KEEPING, limited
from app.permissions import require


@bp.get("/e/<code>/attendance")
@limited(KEEPING, "exports")
def attendance(code: str) -> Response | str:
    """All rounds of an event; `format=csv` to take along."""
    event = event_by_code(code)
    person = somebody_in(event)
    require(person, "breakouts.moderate", event)
    wanted = request.args.get("format", "html")
    if wanted not in ("html", "csv"):
        raise Invalid(_("There is CSV."))
    if wanted == "csv":
        return _file(event)
    visits = queries.visits_of(event)
    return render_template(
        "breakouts/attendance.html", **page_context(event, person), visits=visits
    )


def _file(event: Event) -> Response:
    columns = [_("Round"), _("Room"), _("Title"), _("Name"), _("Municipality or state")]
    columns += [_("Came"), _("Left"), _("Minutes")]
    table = Table(_("Attendance"), columns, [_row(v) for v in queries.visits_of(event)])
    response = Response(as_csv(table), content_type="text/csv; charset=utf-8")
    name = f"dialograum-{event.code}-attendance.csv"
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "no-store"
    return response


def _row(visit: Visit) -> list[Cell]:
    room, person = visit.room, visit.person
    return [
        room.round.item.title,
        room.number,
        room.name,
        person.name,
        person.municipality.name if person.municipality else person.state,
        _moment(visit.local_since),
        _moment(visit.local_until),
        visit.minutes,
    ]


def _moment(moment: datetime | None) -> str:
    """So that spreadsheets read it; nothing for who is still there."""
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else ""
