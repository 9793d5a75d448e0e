"""What the application needs from notifications."""

from typing import Any

from flask import Flask

from app import outbox
from app.accounts import own_data
from app.eventdigests import queries as eventdigests
from app.notifications import broadcasts, levels, mailing, queries, spreading  # noqa: F401
from app.notifications.own_data import part
from app.notifications.preferences import unwanted_event_digests
from app.notifications.routes import bp
from app.realtime import View
from app.spaces import frame
from app.spaces.frame import Panel
from app.spaces.models import Member, Space


def register(app: Flask) -> None:
    """Attach the routes, the bell, and the menus of spaces and threads."""
    own_data.register(part)
    eventdigests.spare(unwanted_event_digests)
    frame.register_panel(Panel("notifications/_space_panel.html", _panel, 90))
    app.jinja_env.globals["bell"] = _bell
    app.jinja_env.globals["notified_about"] = levels.about_thread
    app.jinja_env.globals["level_names"] = levels.NAMES
    app.register_blueprint(bp)


def _bell(account_id: int) -> Any:
    """The bell in the head of every page."""
    version = outbox.position(f"account:{account_id}")
    context = {"account_id": account_id, "count": queries.counts([account_id]).get(account_id, 0)}
    return broadcasts.bell.markup(context, View.PERSON, version)


def _panel(space: Space, member: Member) -> dict[str, Any]:
    return {"notified": levels.about_space(member.account_id, space)}
