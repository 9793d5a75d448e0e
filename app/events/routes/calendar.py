"""The events of a space."""

from flask import render_template

from app.database import found
from app.events.calendar import When, meetings
from app.events.routes import bp
from app.permissions import require
from app.spaces.frame import page_context
from app.spaces.identity import somebody_in
from app.spaces.models import Space


@bp.get("/spaces/<int:space_id>/events")
def calendar(space_id: int) -> str:
    """What is on, what comes, and what was."""
    space = found(Space, space_id)
    member = somebody_in(space)
    require(member, "spaces.read", space)
    return render_template(
        "events/calendar.html",
        **page_context(space, member),
        meetings=meetings(space.id, member.account_id),
        When=When,
    )
