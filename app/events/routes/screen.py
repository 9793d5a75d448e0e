"""The projector's view, opened by a revocable link."""

from flask import g, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app import outbox
from app.addresses import external_url
from app.database import transaction
from app.errors import NotFound
from app.events import actions
from app.events.broadcasts import screen_context
from app.events.identity import participant_in
from app.events.models import Event
from app.events.queries import event_by_code
from app.events.routes import bp
from app.events.routes.cockpit import moderated
from app.extensions import db
from app.identity import TokenKind, remember_screen, shows_screen, valid_token
from app.limits import opened_by_secret
from app.permissions import can
from app.realtime.audiences import View
from app.responses import done, notice


@bp.get("/screen/<secret>")
@opened_by_secret
def open_screen(secret: str) -> Response:
    """Let this browser show the screen."""
    token = valid_token(secret, TokenKind.SCREEN)
    event = db.session.get(Event, token.event_id) if token else None
    if event is None:
        raise NotFound(_("This link is no longer valid. Please ask the moderator for a new one."))
    remember_screen(event.id, secret)
    return redirect(url_for(".screen", code=event.code))


@bp.get("/e/<code>/screen")
def screen(code: str) -> str:
    """What the hall sees."""
    event = event_by_code(code)
    if not shows_screen(event.id) and not can(participant_in(event), "events.moderate", event):
        raise NotFound
    g.language = event.language
    version = outbox.position(event.channel)
    with force_locale(event.language):
        return render_template(
            "events/screen.html", **screen_context(event), version=version, view=View.SCREEN
        )


@bp.post("/e/<code>/screen-link")
def new_link(code: str) -> str:
    """A fresh link for the projector; the earlier ones stop working."""
    with transaction():
        event = moderated(code)
        secret = actions.new_screen_link(event)
    link = external_url("events.open_screen", secret=secret)
    return render_template("events/screen_link.html", event=event, link=link)


@bp.delete("/e/<code>/screen-link")
def revoke_link(code: str) -> Response:
    """Close the projector's link."""
    with transaction():
        event = moderated(code)
        actions.close_screen(event)
    return done(url_for(".cockpit", code=event.code), notice(_("The link is closed.")))
