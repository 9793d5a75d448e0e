"""What a room hands in: written by its people, one after the other or all at once."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import outbox
from app.breakouts import actions, queries
from app.breakouts.forms import KINDS, ReportForm
from app.breakouts.models import LONGEST_CONTRIBUTION, LONGEST_REPORT_PART, Report, Room, Round
from app.breakouts.routes import bp
from app.database import found, locked, transaction
from app.errors import Conflict, NotFound
from app.events.frame import page_context
from app.events.identity import somebody_in
from app.events.models import Participant
from app.permissions import require

Answer = str | Response | tuple[str, int]


@bp.get("/rounds/<int:round_id>/report")
def my_report(round_id: int) -> Response:
    """To the report of the room that I was in."""
    round_ = found(Round, round_id)
    person = somebody_in(round_.event)
    require(person, "breakouts.see", round_)
    placement = queries.placement_of(round_.id, person.id)
    if placement is None or placement.room_id is None:
        raise NotFound(_("You were not in a room of this round."))
    return redirect(url_for(".report", room_id=placement.room_id))


def _reporting(room_id: int) -> tuple[Room, Participant]:
    room = found(Room, room_id)
    person = somebody_in(room.round.event)
    require(person, "breakouts.report", room)
    return room, person


@bp.get("/rooms/<int:room_id>/report")
def report(room_id: int) -> Answer:
    """The three fields; what somebody was still writing when the round ended is there too."""
    room, person = _reporting(room_id)
    present = queries.report_of(room)
    return _page(room, person, ReportForm(data=_values(present)), present)


def _values(report_: Report | None) -> dict[str, Any]:
    if report_ is None:
        return {"version": 0}
    return {
        "discussed": report_.discussed,
        "request": report_.request,
        "ideas": report_.ideas,
        "version": report_.version,
    }


@bp.post("/rooms/<int:room_id>/report")
def write_report(room_id: int) -> Answer:
    """Hand it in; whoever began from an older state sees both, and loses nothing."""
    form = ReportForm()
    if not form.validate_on_submit():
        room, person = _reporting(room_id)
        return _page(room, person, form, queries.report_of(room)), 422
    try:
        with transaction():
            locked(Room, room_id)
            room, person = _reporting(room_id)
            actions.write_report(room, person, form.parts, form.version.data or 0)
    except Conflict as error:
        return _stale(room_id, form, error)
    where = ".room" if room.round.is_open else ".report"
    return redirect(url_for(where, room_id=room_id), 303)


def _stale(room_id: int, form: ReportForm, error: Conflict) -> Answer:
    """What was typed stands in the fields, what others wrote beside them."""
    room, person = _reporting(room_id)
    present = queries.report_of(room)
    form.version.data = present.version if present else 0
    form.version.raw_data = None
    page = _page(room, person, form, present, conflict=error.message)
    return page, error.status


def _page(
    room: Room, person: Participant, form: ReportForm, present: Report | None, conflict: Any = None
) -> str:
    room_version = outbox.position(room.channel)
    page = page_context(room.round.event, person)
    return render_template(
        "breakouts/report.html",
        **page,
        room=room,
        round=room.round,
        room_version=room_version,
        form=form,
        report=present,
        conflict=conflict,
        kinds=KINDS,
        longest=LONGEST_CONTRIBUTION,
        longest_part=LONGEST_REPORT_PART,
        saved=request.method == "GET" and present is not None and not present.is_empty,
    )
