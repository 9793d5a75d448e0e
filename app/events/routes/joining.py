"""Into an event: by code, by QR code, as a member, or by a personal return link."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.database import transaction
from app.errors import DomainError, NotFound, Refused
from app.events import actions
from app.events.forms import CodeForm, JoinForm
from app.events.identity import participant_in
from app.events.models import Event, Participant
from app.events.queries import event_by_code, events_of
from app.events.routes import bp
from app.extensions import db, limiter
from app.identity import TokenKind, remember_participant, valid_token
from app.languages import chosen_language
from app.permissions import Role

Answer = str | Response | tuple[str, int]


@bp.get("/")
def home() -> str:
    """The front door: a field for the code, and one's own events."""
    mine = events_of(current_user.id) if current_user.is_authenticated else []
    return render_template("events/home.html", form=CodeForm(), mine=mine)


@bp.post("/join")
def find() -> Answer:
    """From a typed code to the event."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            event = event_by_code(form.code.data or "")
        except NotFound as error:
            form.code.errors = [str(error.message)]
            return render_template("events/home.html", form=form, mine=[]), 404
        return redirect(url_for(".join", code=event.code), 303)
    return render_template("events/home.html", form=form, mine=[]), 422


@bp.get("/join/<code>")
def join(code: str) -> Answer:
    """Where the QR code leads: who am I in this event?"""
    event = event_by_code(code)
    if participant_in(event) is not None:
        return redirect(url_for(".live", code=event.code))
    return _join_page(event, JoinForm())


@bp.post("/join/<code>")
@limiter.limit("1500 per minute")
def enter(code: str) -> Answer:
    """Join with a name and a municipality, or as the member who is signed in."""
    event = event_by_code(code)
    if participant_in(event) is not None:
        return redirect(url_for(".live", code=event.code), 303)
    if current_user.is_authenticated:
        return _enter_as_member(event)
    form = JoinForm()
    if not form.validate_on_submit():
        return _join_page(event, form), 422
    try:
        with transaction():
            person = actions.join(
                event,
                name=form.name.data or "",
                municipality_id=form.municipality_id,
                state=form.state.data or "",
                language=chosen_language(),
            )
    except DomainError as error:
        form.form_errors = [str(error.message)]
        return _join_page(event, form), error.status
    remember_participant(event.id, person.id)
    return redirect(url_for(".live", code=event.code), 303)


def _enter_as_member(event: Event) -> Response:
    with transaction():
        known = actions.member_of(event, current_user.id)
        if known is not None:
            raise Refused(_("You have been removed from this event."))
        actions.join(
            event,
            name=current_user.name,
            municipality_id=current_user.municipality_id,
            language=current_user.language,
            account_id=current_user.id,
            role=Role.MODERATOR if current_user.is_admin else Role.PARTICIPANT,
        )
    return redirect(url_for(".live", code=event.code), 303)


def _join_page(event: Event, form: JoinForm) -> str:
    return render_template("events/join.html", event=event, form=form)


@bp.route("/return/<secret>", methods=["GET", "POST"])
@limiter.limit("30 per minute")
def come_back(secret: str) -> Answer:
    """A personal link on a second device: GET shows one button, since links get fetched ahead."""
    token = valid_token(secret, TokenKind.RETURN)
    person = db.session.get(Participant, token.participant_id) if token else None
    if person is None or person.removed_at is not None:
        raise NotFound(
            _("This link is no longer valid. Please make a new one on your first device.")
        )
    if request.method == "GET":
        return render_template("events/return.html", person=person, event=person.event)
    remember_participant(person.event_id, person.id)
    return redirect(url_for(".live", code=person.event.code), 303)
