"""The participant's page: one thing at a time, and the other steps a tap away."""

from flask import redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.events import hall, steps
from app.events.broadcasts import event_context, step_context
from app.events.frame import page_context
from app.events.identity import participant_in
from app.events.models import Event, Participant
from app.events.presence import note
from app.events.queries import event_by_code, item_of
from app.events.routes import bp
from app.extensions import db
from app.permissions import require
from app.realtime.audiences import View


def entered(code: str) -> tuple[Event, Participant]:
    """The event and the person in it; raises unless they take part. Their lease begins."""
    event = event_by_code(code, with_step=True)
    person = participant_in(event)
    require(person, "events.see", event)
    assert person is not None
    if note(person):
        db.session.expire_all()  # the page is to show one moment, and that is a later one
    return event, person


@bp.get("/e/<code>")
def live(code: str) -> str | Response:
    """What is asked now, or where this person's place is now."""
    event, person = entered(code)
    item = event.current_item
    elsewhere = steps.kind_of(item).lead(item, person) if item else None
    if elsewhere is not None:
        return redirect(elsewhere)
    if hall.is_for_all(event, person):
        return hall.page(event, person)
    page = page_context(event, person)
    return render_template("events/live.html", **{**event_context(event, View.HALL), **page})


@bp.get("/e/<code>/steps/<int:item_id>")
def step(code: str, item_id: int) -> str | Response:
    """One step of the agenda; the current one is what is on now."""
    event, person = entered(code)
    page = page_context(event, person)
    item = item_of(event, item_id)
    if item.is_current:
        return redirect(url_for(".live", code=event.code))
    return render_template("events/step.html", **{**step_context(item, View.HALL), **page})
