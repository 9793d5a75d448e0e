"""The archive: what was promised where, by whom, and what became of it."""

from flask import render_template, request

from app.addresses import is_number
from app.commitments import COMMITMENTS, State
from app.database import found
from app.permissions import require
from app.requests.archive import Wish, archive_of
from app.requests.places import Place
from app.requests.routes import bp
from app.spaces.frame import page_context
from app.spaces.identity import somebody_in
from app.spaces.models import Space


@bp.get("/spaces/<int:space_id>/commitments")
def archive(space_id: int) -> str:
    """What was promised in a space and below it, for each organisation."""
    space = found(Space, space_id)
    member = somebody_in(space)
    require(member, "requests.read", space)
    context, wish = page_context(space, member), _wish()
    found_ = archive_of(space, member, wish)
    return render_template("requests/archive.html", **context, wish=wish, archive=found_)


def _wish() -> Wish:
    state = request.args.get("state", "")
    return Wish(
        State(state) if state in COMMITMENTS else None,
        request.args.get("organisation", ""),
        _number("event"),
        Place.sent(request.args.get("after", "")),
    )


def _number(name: str) -> int | None:
    sent = request.args.get(name, "")
    return int(sent) if is_number(sent) else None
