"""A poll to take along: as CSV, XLSX or JSON."""

import json

from flask import Blueprint, Response, request
from flask_babel import gettext as _

from app.database import found
from app.errors import Invalid, NotFound
from app.events.identity import participant_in
from app.exporting.queries import lineage
from app.exporting.rows import all_tables, one_table
from app.exporting.shapes import Shape, shape_of
from app.exporting.tables import as_csv, as_xlsx
from app.limits import KEEPING, limited
from app.livepolls.comparing import all_rounds
from app.livepolls.models import FlashPoll
from app.offload import run_apart
from app.permissions import can, require
from app.spaces.identity import present_account

bp = Blueprint("exporting", __name__)

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


@bp.get("/polls/<int:poll_id>/export")
@limited(KEEPING, "exports")
def export(poll_id: int) -> Response:
    """Each concern with its aspect, and what stands under that; names for moderators alone."""
    poll = found(FlashPoll, poll_id)
    person = participant_in(poll.event)
    require(person, "exporting.read", poll)
    moderates = can(person, "livepolls.moderate", poll)
    wanted = request.args.get("format", "csv")
    if wanted not in TYPES:
        raise Invalid(_("There is CSV, XLSX and JSON."))
    if not moderates and poll.opened_at is None:
        raise NotFound
    account = present_account()
    reader = account.id if account else None
    rounds = [each for each in all_rounds(poll) if moderates or each.opened_at is not None]
    shape = shape_of([lineage(each, reader, moderates=moderates) for each in rounds], poll)
    name = f"dialograum-{poll.event.code}-{poll.id}.{wanted}"
    return _file(_written(shape, wanted), wanted, name)


def _written(shape: Shape, wanted: str) -> bytes:
    if wanted == "json":
        return json.dumps(shape, ensure_ascii=False, indent=1).encode(errors="replace")
    if wanted == "xlsx":
        return run_apart(as_xlsx, all_tables(shape))
    return as_csv(one_table(shape))


def _file(content: bytes, wanted: str, name: str) -> Response:
    response = Response(content, content_type=TYPES[wanted])
    response.headers["Content-Disposition"] = f"attachment; filename={name}"
    response.headers["Cache-Control"] = "no-store"
    return response
