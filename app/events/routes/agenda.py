"""The agenda is data: made, ordered, reused."""

from flask import redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user, login_required
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.database import transaction
from app.errors import Refused
from app.events import actions, steps
from app.events.forms import EventForm, ItemForm
from app.events.identity import participant_in
from app.events.models import AgendaItem, Event
from app.events.queries import event_by_code, item_of
from app.events.routes import bp
from app.events.routes.cockpit import cockpit_url, moderated
from app.extensions import db
from app.permissions import Role, can
from app.responses import done

Answer = str | Response | tuple[str, int]


def _templates() -> list[Event]:
    """The agendas that this account may start from: templates, and events that it leads."""
    events = db.session.scalars(select(Event).order_by(Event.is_template.desc(), Event.title))
    return [e for e in events if e.is_template or can(participant_in(e), "events.moderate", e)]


def _event_form() -> EventForm:
    form = EventForm()
    form.template.choices = [("", _("Empty")), *((e.code, e.title) for e in _templates())]
    return form


@bp.route("/events/new", methods=["GET", "POST"])
@login_required
def new() -> Answer:
    """A new event, empty or with the agenda of another."""
    if not current_user.may_create_events:
        raise Refused
    form = _event_form()
    if not form.validate_on_submit():
        return render_template("events/new.html", form=form), 422 if form.is_submitted() else 200
    with transaction():
        event = create(form.title.data or "", form.template.data, form.language.data)
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
    with transaction():
        item = item_of(moderated(code), item_id)
        settings = {**item.settings, **_settings(form)}
        actions.change_item(
            item,
            title=form.title.data,
            text=form.text.data,
            minutes=form.minutes.data,
            settings=settings,
        )
    return redirect(cockpit_url(event), 303)


def _item_page(event: Event, item: AgendaItem | None, form: ItemForm) -> str:
    return render_template(
        "events/item.html", event=event, item=item, form=form, kinds=steps.kinds()
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
