"""The agenda is data: made, ordered, reused."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired

from app.accounts.permissions import signed_in
from app.database import locked, transaction
from app.errors import Conflict, Refused
from app.events import actions, steps
from app.events.forms import EventForm, ItemForm
from app.events.identity import participant_in
from app.events.models import AgendaItem, Event
from app.events.queries import event_by_code, item_of
from app.events.routes import bp
from app.events.routes.cockpit import cockpit_url, moderated
from app.extensions import db
from app.permissions import COORDINATORS, MEMBERS, Role, can
from app.responses import done
from app.spaces.models import Space
from app.spaces.queries import spaces_with_role

Answer = str | Response | tuple[str, int]


def _templates() -> list[Event]:
    """The agendas that this account may start from: templates, and events that it leads."""
    events = db.session.scalars(select(Event).order_by(Event.is_template.desc(), Event.title))
    return [e for e in events if e.is_template or can(participant_in(e), "events.moderate", e)]


def _event_form(event: Event | None = None) -> EventForm:
    """A form with the spaces that this account may put an event into, or leave it in."""
    form = EventForm(
        title=event.title if event else "",
        starts_at=event.local_start if event else None,
        space=str(_space_id(event) or ""),
    )
    form.template.choices = [("", _("Empty")), *((e.code, e.title) for e in _templates())]
    choices = [(str(space.id), space.name) for space in _spaces()]
    if event and event.space_id and not any(str(event.space_id) == id for id, _name in choices):
        choices.append((str(event.space_id), _("as it is")))
    form.space.choices = [("", _("none: for whoever has the code")), *choices]
    return form


def _space_id(event: Event | None) -> int | None:
    return event.space_id if event else request.args.get("space", type=int)


def _spaces() -> Sequence[Space]:
    """Where this account coordinates, or is in and may create events."""
    account = signed_in()
    roles = MEMBERS if account.may_create_events else COORDINATORS
    return spaces_with_role(account.id, roles)


@bp.route("/events/new", methods=["GET", "POST"])
@login_required
def new() -> Answer:
    """A new event, empty or with the agenda of another; coordinators make theirs in a space."""
    form = _event_form()
    may = current_user.may_create_events
    if not may and len(form.space.choices) == 1:
        raise Refused
    if not may:
        form.space.choices.pop(0)
        form.space.validators = [InputRequired(_("Please choose a space."))]
    if not form.validate_on_submit():
        return render_template("events/new.html", form=form), 422 if form.is_submitted() else 200
    with transaction():
        event = create(form.title.data or "", form.template.data, form.language.data)
        actions.change_event(event, **_details(event, form))
    return redirect(cockpit_url(event), 303)


def _details(event: Event, form: EventForm) -> dict[str, Any]:
    """When and where; the space is asked for once more, inside the transaction."""
    zone = ZoneInfo(event.time_zone)
    start = form.starts_at.data.replace(tzinfo=zone) if form.starts_at.data else None
    if form.space_id not in {None, event.space_id, *(space.id for space in _spaces())}:
        raise Refused
    return {"starts_at": start, "space_id": form.space_id}


@bp.route("/e/<code>/details", methods=["GET", "POST"])
def details(code: str) -> Answer:
    """The title, when it begins, and the space that it belongs to."""
    event = moderated(code)
    form = _event_form(event)
    del form.template, form.language
    if not form.validate_on_submit():
        page = render_template("events/details.html", event=event, form=form)
        return page, 422 if form.is_submitted() else 200
    with transaction():
        event = moderated(code)
        actions.change_event(event, title=form.title.data, **_details(event, form))
    return redirect(cockpit_url(event), 303)


def create(title: str, template_code: str | None, language: str) -> Event:
    """An event led by the account that is signed in."""
    if template_code:
        event = actions.event_from(event_by_code(template_code), title)
        event.language = language
    else:
        event = actions.create_event(title, language=language)
    actions.join(
        event,
        name=current_user.name,
        account_id=current_user.id,
        municipality_id=current_user.municipality_id,
        language=current_user.language,
        role=Role.MODERATOR,
    )
    return event


@bp.post("/e/<code>/template")
@login_required
def save_as_template(code: str) -> Response:
    """Keep this agenda for later events."""
    with transaction():
        event = moderated(code)
        template = actions.event_from(event, event.title)
        template.is_template = True
    return redirect(cockpit_url(event), 303)


def _item_form(item: AgendaItem | None) -> ItemForm:
    form = ItemForm(obj=item)
    form.kind.choices = [(kind.name, str(kind.label)) for kind in steps.kinds()]
    return form


@bp.route("/e/<code>/items/new", methods=["GET", "POST"])
def new_item(code: str) -> Answer:
    """Add a step."""
    event = moderated(code)
    form = _item_form(None)
    if not form.validate_on_submit():
        return _item_page(event, None, form), 422 if form.is_submitted() else 200
    with transaction():
        event = moderated(code)
        actions.add_item(
            event,
            form.kind.data,
            form.title.data or "",
            form.text.data or "",
            form.minutes.data,
            _settings(form),
        )
    return redirect(cockpit_url(event), 303)


@bp.route("/e/<code>/items/<int:item_id>", methods=["GET", "POST"])
def change_item(code: str, item_id: int) -> Answer:
    """Change a step."""
    event = moderated(code)
    form = _item_form(item_of(event, item_id))
    form.kind.validators = []
    form.kind.validate_choice = False
    if not form.validate_on_submit():
        page = _item_page(event, item_of(event, item_id), form)
        return page, 422 if form.is_submitted() else 200
    try:
        with transaction():
            _change(item_of(moderated(code), item_id), form)
    except Conflict as error:
        page = _item_page(event, item_of(event, item_id), form, conflict=error.message)
        return page, error.status
    return redirect(cockpit_url(event), 303)


def _change(item: AgendaItem, form: ItemForm) -> None:
    """What has had its time meanwhile is not passed over in silence."""
    item = locked(AgendaItem, item.id)  # with what others have just saved of it
    settings = {**item.settings, **_settings(form)}
    steps.kind_of(item).check(item, settings)
    actions.change_item(
        item,
        title=form.title.data,
        text=form.text.data,
        minutes=form.minutes.data,
        settings=settings,
    )


def _item_page(event: Event, item: AgendaItem | None, form: ItemForm, conflict: Any = None) -> str:
    return render_template(
        "events/item.html",
        event=event,
        item=item,
        form=form,
        kinds=steps.kinds(),
        conflict=conflict,
    )


def _settings(form: ItemForm) -> dict[str, str | bool]:
    """The settings that this kind of step knows, as its own part of the form sent them."""
    kind = next((k for k in steps.kinds() if k.name == form.kind.data), None)
    if kind is None:
        return {}
    return {name: request.form.get(f"setting-{kind.name}-{name}", "") for name in kind.fields}


@bp.delete("/e/<code>/items/<int:item_id>")
def remove_item(code: str, item_id: int) -> Response:
    """Remove a step that has not begun."""
    with transaction():
        event = moderated(code)
        actions.remove_item(item_of(event, item_id))
    return done(cockpit_url(event))


@bp.post("/e/<code>/items/<int:item_id>/position")
def move_item(code: str, item_id: int) -> Response:
    """Move a step earlier or later."""
    with transaction():
        event = moderated(code)
        actions.move_item(item_of(event, item_id), -1 if request.args.get("by") == "-1" else 1)
    return done(cockpit_url(event))
