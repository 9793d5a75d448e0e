"""What the application needs from events."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l

from app import outbox
from app.addresses import public_root
from app.composing import references
from app.events import (  # noqa: F401
    broadcasts,
    calendar,
    frame,
    marks,
    permissions,
    presence,
    remote,
    retention,
    subscriptions,
)
from app.events.frame import Tab
from app.events.models import Event
from app.events.references import event
from app.events.routes import bp
from app.events.routes.cockpit import join_url, qr_image
from app.events.steps import StepKind, kind_of, kinds_at_once
from app.events.steps import register as register_step
from app.permissions import Role
from app.spaces import frame as spaces

ROLE_NAMES = {
    Role.PARTICIPANT: _l("Participant"),
    Role.MODERATOR: _l("Moderator"),
    Role.HOST: _l("Host"),
    Role.OBSERVER: _l("Observer"),
}


def register(app: Flask) -> None:
    """Attach the routes, and the plain kinds of steps."""
    register_step(
        StepKind(
            "welcome",
            _l("Welcome or text"),
            "events/_welcome.html",
            "events/_welcome_cockpit.html",
            "events/_welcome_screen.html",
            is_alike=True,
        )
    )
    frame.register_tab(Tab(_l("Now"), "now", _url("events.live"), 0))
    frame.register_tab(Tab(_l("Me"), "person", _url("events.me"), 90))
    references.register(event)
    spaces.register_tab(spaces.Tab(_l("Events"), "now", calendar.tab_url, 20))
    spaces.register_panel(spaces.Panel("events/_panel.html", calendar.panel, 20))
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        join_url=join_url,
        qr_image=qr_image,
        tabs=frame.tabs,
        personal_parts=frame.personal_parts,
        public_host=public_host,
        position=outbox.position,
        role_names=ROLE_NAMES,
        person_card=broadcasts.person_card,
        on_screen=remote.on_screen,
        screen_size=screen_size,
        kinds_at_once=kinds_at_once,
        kind_of=kind_of,
    )
    app.jinja_env.filters["epoch"] = epoch


def _url(endpoint: str) -> Callable[[Event], str]:
    return lambda event: url_for(endpoint, code=event.code)


def public_host() -> str:
    """This server's address as people type it."""
    return public_root().partition("://")[2]


def screen_size(text: str) -> str:
    """The class of a text on the projector: the longer it is, the smaller."""
    steps = {150: "", 320: "is-long", 700: "is-longer"}
    return next((name for most, name in steps.items() if len(text) <= most), "is-longest")


def epoch(moment: datetime | None) -> int | str:
    """A moment as milliseconds since 1970, as scripts count."""
    return int(moment.timestamp() * 1000) if moment else ""
