"""A participant's own page: the return link, their data, and the way out."""

from flask import Response, jsonify, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from app.addresses import external_url
from app.database import transaction
from app.errors import Conflict
from app.events import actions, own_data
from app.events.frame import page_context
from app.events.identity import somebody_in
from app.events.queries import event_by_code
from app.events.routes import bp
from app.events.routes.cockpit import qr_image
from app.events.routes.live import entered
from app.identity import forget_participant


@bp.get("/e/<code>/me")
def me(code: str) -> str:
    """What the event knows of me, and what I can do about it."""
    event, person = entered(code)
    return render_template("events/me.html", **page_context(event, person), link=None)


@bp.post("/e/<code>/return-link")
def return_link(code: str) -> str:
    """A personal link to a second device, shown once."""
    event = event_by_code(code)
    with transaction():
        person = somebody_in(event)
        secret = actions.new_return_link(person)
    link = external_url("events.come_back", secret=secret)
    page = page_context(event, person)
    return render_template("events/me.html", **page, link=link, qr=qr_image(link))


@bp.delete("/e/<code>/return-link")
def revoke_return_link(code: str) -> AnyResponse:
    """Make all my links worthless."""
    event = event_by_code(code)
    with transaction():
        actions.revoke_return_links(somebody_in(event))
    return redirect(url_for(".me", code=code), 303)


@bp.get("/e/<code>/me.json")
def export(code: str) -> Response:
    """All that is mine in this event, to take along."""
    event = event_by_code(code)
    response = jsonify(own_data.export(somebody_in(event)))
    response.headers["Content-Disposition"] = f"attachment; filename=dialograum-{event.code}.json"
    return response


@bp.delete("/e/<code>/me")
def forget_me(code: str) -> AnyResponse:
    """Delete what is mine: my name and attendance, and on request what I wrote."""
    event = event_by_code(code)
    with transaction():
        person = somebody_in(event)
        if person.is_moderator:
            raise Conflict
        own_data.delete(person)
        actions.forget_person(person)
    forget_participant(event.id)
    return redirect(url_for(".home"), 303)
