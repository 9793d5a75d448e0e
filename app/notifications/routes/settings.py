"""Of how much I am told: about everything, a space, a thread."""

from zoneinfo import ZoneInfo

from flask import flash, redirect, render_template, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_login import login_required
from werkzeug.wrappers import Response

from app.accounts.permissions import signed_in
from app.addresses import page_before
from app.database import found, transaction
from app.errors import Invalid, NotFound
from app.feeds.queries import feeds_of
from app.forums.models import Thread
from app.forums.subjects import url_of
from app.limits import TAPPING, limited
from app.notifications import actions, levels
from app.notifications.forms import PreferencesForm
from app.notifications.models import Level, Preferences, Rhythm
from app.notifications.routes import Answer, bp
from app.permissions import require
from app.spaces.identity import member_in, somebody_in
from app.spaces.models import Space


@bp.get("/notifications/settings")
@login_required
def settings() -> Answer:
    """All that I have chosen, and what it means."""
    return _page(None)


@bp.post("/notifications/settings")
@login_required
def change_settings() -> Answer:
    """Choose something else for everything."""
    form = PreferencesForm()
    if not form.validate_on_submit():
        return _page(form), 422
    with transaction():
        actions.keep_preferences(
            signed_in().id,
            level=Level(form.level.data),
            rhythm=Rhythm(form.rhythm.data),
            weekday=form.weekday.data,
            hour=form.hour.data,
            time_zone=form.time_zone.data,
            event_digest=form.event_digest.data,
        )
    flash(_("Your choice is kept."))
    return redirect(url_for(".settings"), 303)


def _page(form: PreferencesForm | None) -> str:
    account = signed_in()
    preferences = levels.preferences_of(account.id)
    return render_template(
        "notifications/settings.html",
        account=account,
        preferences=preferences,
        form=form or PreferencesForm(formdata=None, obj=preferences),
        effects=levels.EFFECTS,
        names=levels.NAMES,
        own=levels.own_levels(account.id),
        feeds=feeds_of(account.id),
        next_digest=_next_digest(preferences),
    )


def _next_digest(preferences: Preferences) -> str:
    """When the next one comes, as the clocks where the person lives say it."""
    if preferences.next_digest_at is None:
        return ""
    here = preferences.next_digest_at.astimezone(ZoneInfo(preferences.time_zone))
    return str(format_datetime(here, "EEEE, d. MMMM, HH:mm", rebase=False))


@bp.post("/spaces/<int:space_id>/notifications")
@limited(TAPPING, "levels")
def set_for_space(space_id: int) -> Response:
    """Be told of more or less in a space."""
    level = _level()
    with transaction():
        space = found(Space, space_id)
        require(somebody_in(space), "spaces.read", space)
        account = signed_in()
        actions.set_space_level(account.id, space, level)
    flash(str(levels.about_space(account.id, space).effect))
    return redirect(page_before(otherwise=url_for("spaces.show", space_id=space_id)), 303)


@bp.post("/threads/<int:thread_id>/notifications")
@limited(TAPPING, "levels")
def set_for_thread(thread_id: int) -> Response:
    """Be told of more or less in a thread."""
    level = _level()
    with transaction():
        account = signed_in()
        thread = found(Thread, thread_id)
        if thread.forum_id is None:
            raise NotFound
        member = member_in(thread.forum.space)
        if member is None:
            raise NotFound
        require(member, "forums.read", thread)
        actions.set_thread_level(account.id, thread.id, level)
    flash(str(levels.about_thread(account.id, thread).effect))
    return redirect(page_before(otherwise=url_of(thread)), 303)


def _level() -> Level | None:
    chosen = request.form.get("level", "")
    try:
        return Level(chosen) if chosen else None
    except ValueError as error:
        raise Invalid from error
