"""The moderator's cockpit: agenda, the current step, and the people."""

import io

import segno
from flask import Response, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from app import outbox
from app.addresses import external_url, is_number, page_before
from app.database import transaction
from app.errors import Invalid
from app.events import actions, cards
from app.events.broadcasts import event_context
from app.events.identity import participant_in
from app.events.models import Event
from app.events.queries import event_by_code, head_count, item_of, people
from app.events.routes import bp
from app.events.steps import kind_of
from app.permissions import require
from app.realtime.audiences import View
from app.responses import done


def moderated(code: str) -> Event:
    """The event, if the present person leads it."""
    event = event_by_code(code)
    require(participant_in(event), "events.moderate", event)
    return event


def cockpit_url(event: Event) -> str:
    """Where the moderator stands."""
    return url_for("events.cockpit", code=event.code)


@bp.get("/e/<code>/cockpit")
def cockpit(code: str) -> str:
    """All at a glance."""
    event = moderated(code)
    version = outbox.position(event.channel)
    return render_template(
        "events/cockpit.html",
        **event_context(event, View.COCKPIT),
        shown=cards.on_screen(event),
        me=participant_in(event),
        version=version,
        view=View.COCKPIT,
        people=people(event.id),
        count=head_count(event.id),
    )


@bp.post("/e/<code>/step")
def start_step(code: str) -> AnyResponse:
    """Bring the hall to a step."""
    item = item_of(moderated(code), _number("item"))
    with kind_of(item).ahead(item), transaction():
        event = moderated(code)
        actions.start_step(event, item_of(event, _number("item")))
    return done(page_before(otherwise=cockpit_url(event)))


@bp.post("/e/<code>/joining-lock")
def lock(code: str) -> AnyResponse:
    """Let nobody else in."""
    with transaction():
        event = moderated(code)
        actions.lock_joining(event, True)
    return done(cockpit_url(event))


@bp.delete("/e/<code>/joining-lock")
def unlock(code: str) -> AnyResponse:
    """Open the doors again."""
    with transaction():
        event = moderated(code)
        actions.lock_joining(event, False)
    return done(cockpit_url(event))


@bp.post("/e/<code>/hidden/<kind>/<int:id>")
def hide(code: str, kind: str, id: int) -> AnyResponse:
    """Take a card off all pages."""
    with transaction():
        event = moderated(code)
        actions.hide(event, kind, id, True)
    return done(page_before(otherwise=cockpit_url(event)))


@bp.delete("/e/<code>/hidden/<kind>/<int:id>")
def unhide(code: str, kind: str, id: int) -> AnyResponse:
    """Bring a card back."""
    with transaction():
        event = moderated(code)
        actions.hide(event, kind, id, False)
    return done(page_before(otherwise=cockpit_url(event)))


@bp.post("/e/<code>/highlight/<kind>/<int:id>")
def highlight(code: str, kind: str, id: int) -> AnyResponse:
    """Put a card on the screen, or take it off again when `shown` is 0."""
    with transaction():
        event = moderated(code)
        if request.form.get("shown") != "0":
            actions.highlight(event, kind, id)
        elif cards.is_on_screen(event, kind, id):
            actions.highlight(event, None, None)
    return done(page_before(otherwise=cockpit_url(event)))


@bp.delete("/e/<code>/highlight")
def clear_highlight(code: str) -> AnyResponse:
    """Let the screen show the current step again."""
    with transaction():
        event = moderated(code)
        actions.highlight(event, None, None)
    return done(page_before(otherwise=cockpit_url(event)))


@bp.get("/e/<code>/qr.svg")
def qr(code: str) -> Response:
    """The QR code that leads into the event."""
    event = event_by_code(code)
    return Response(qr_svg(join_url(event)), mimetype="image/svg+xml")


def join_url(event: Event) -> str:
    """The address behind the QR code."""
    return external_url("events.join", code=event.code)


def qr_svg(text: str) -> str:
    """A text as a QR code, as SVG."""
    out = io.BytesIO()
    segno.make(text, error="m").save(
        out, kind="svg", border=2, dark="#111", light="#fff", xmldecl=False, omitsize=True
    )
    return out.getvalue().decode()


def qr_image(text: str) -> Markup:
    """A text as a QR code that stands in the page itself, and so in no log or cache."""
    return Markup('<img class="qr" alt="{}" src="{}">').format(
        _("QR code"), segno.make(text, error="m").svg_data_uri(border=2, dark="#111", light="#fff")
    )


def _number(name: str) -> int:
    value = request.form.get(name, "")
    if not is_number(value):
        raise Invalid
    return int(value)
