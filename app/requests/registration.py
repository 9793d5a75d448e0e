"""What the application needs from requests."""

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l

from app.accounts import own_data as account_data
from app.events.models import Event
from app.extensions import db
from app.forums import heads as forum_heads
from app.requests import broadcasts, following, heads, own_data, permissions  # noqa: F401
from app.requests.queries import answers_to_reports, requests_of_reports
from app.requests.routes import bp
from app.spaces import frame
from app.spaces.identity import member_in
from app.spaces.models import Member, Space


def register(app: Flask) -> None:
    """Attach the routes, the tab, the head of forums, and what results pages ask."""
    forum_heads.register_for_forums(heads.above)
    forum_heads.register_for_menus(heads.in_menu)
    frame.register_tab(frame.Tab(_l("Requests"), "official", _url, 60))
    frame.register_tab(frame.Tab(_l("Commitments"), "check", archive_url, 61))
    account_data.register(own_data.part)
    app.jinja_env.globals.update(
        answers_of_the_centre=answers_to_reports,
        requests_of_reports=requests_of_reports,
        archive_of=archive_of,
    )
    app.register_blueprint(bp)


def _url(space: Space, _member: Member) -> str | None:
    """One list for each tree, at its top."""
    return url_for("requests.index", space_id=space.id) if space.id == space.root_id else None


def archive_url(space: Space, _member: Member) -> str:
    """The archive of what was promised in a space and below it."""
    return url_for("requests.archive", space_id=space.id)


def archive_of(event: Event) -> str | None:
    """The archive of an event's space, for whoever may read that."""
    space = db.session.get(Space, event.space_id) if event.space_id else None
    member = member_in(space) if space else None
    return archive_url(space, member) if space and member else None
