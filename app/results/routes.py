"""The results page; it stays readable for those who took part."""

from flask import Blueprint, render_template

from app import outbox
from app.events.identity import participant_in
from app.events.queries import event_by_code
from app.permissions import require
from app.realtime.audiences import View
from app.results.queries import results

bp = Blueprint("results", __name__)


@bp.get("/e/<code>/results")
def show(code: str) -> str:
    """All that came out of an event, on one page."""
    event = event_by_code(code)
    person = participant_in(event)
    require(person, "events.see", event)
    version = outbox.position(event.channel)
    return render_template(
        "results/page.html",
        event=event,
        me=person,
        results=results(event),
        version=version,
        view=View.HALL,
    )
