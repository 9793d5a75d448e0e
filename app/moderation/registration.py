"""What the application needs from moderation."""

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l
from markupsafe import Markup

from app import outbox
from app.accounts import own_data
from app.moderation import broadcasts, log, permissions  # noqa: F401
from app.moderation.own_data import entries_part, reports_part
from app.moderation.queries import waiting_counts
from app.moderation.routes import bp
from app.permissions import can
from app.realtime import View
from app.spaces.frame import Tab, register_tab
from app.spaces.models import Member, Space


def register(app: Flask) -> None:
    """Attach the routes, the tab, and what is a person's own."""
    register_tab(Tab(_l("Reported posts"), "flag", _url, 80, _waiting))
    own_data.register(reports_part)
    own_data.register(entries_part)
    app.register_blueprint(bp)


def _url(space: Space, member: Member) -> str | None:
    if not can(member, "moderation.decide", space):
        return None
    return url_for("moderation.reports", space_id=space.id)


def _waiting(space: Space, member: Member) -> Markup:
    """How many reported posts wait, as the tab says it and as it is brought up to date."""
    context = {"space_id": space.id, "count": waiting_counts([space.id]).get(space.id, 0)}
    return broadcasts.count.markup(context, View.PERSON, outbox.position(member.channel))
