"""Into an event: by code, by QR code, as a member, or by a personal return link."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app import kept
from app.accounts.models import Account
from app.database import locked, transaction
from app.errors import DomainError, NotFound, Refused
from app.events import actions
from app.events.forms import CodeForm, JoinForm
from app.events.guessing import is_known_here
from app.events.identity import participant_in
from app.events.models import Event, Participant
from app.events.queries import event_by_code, events_of, held_by_code, tidy_code
from app.events.routes import bp
from app.extensions import db
from app.identity import Token, TokenKind, is_somebody, remember_participant, valid_token
from app.languages import chosen_language
from app.limits import JOINING, limited_by_address, opened_by_secret
from app.municipalities.queries import chosen
from app.permissions import Role
from app.spaces import frame
from app.spaces.trees import tree_of
from app.submissions import new_key

Answer = str | Response | tuple[str, int]


@bp.get("/")
def home() -> str:
    """The front door: a field for the code, and one's own events."""
    return _home_page(CodeForm())


def _home_page(form: CodeForm) -> str:
    if not current_user.is_authenticated:
        return render_template("events/home.html", form=form, mine=[], branches=[], news={})
    return render_template(
        "events/home.html",
        form=form,
        mine=events_of(current_user.id),
        branches=tree_of(current_user.id),
        news=frame.news(current_user.id),
    )


@bp.post("/join")
def find() -> Answer:
    """From a typed code to the event."""
    form = CodeForm()
    if form.validate_on_submit():
        try:
            event = event_by_code(form.code.data or "")
        except NotFound as error:
            form.code.errors = [str(error.message)]
            return _home_page(form), 404
        return redirect(url_for(".join", code=event.code), 303)
    return _home_page(form), 422


@bp.get("/join/<code>")
def join(code: str) -> Answer:
    """Where the QR code leads: who am I in this event?"""
    event = event_by_code(code)
    if participant_in(event) is not None:
        return redirect(url_for(".live", code=event.code))
    return _empty_join_page(event) if kept.is_for_anybody() else _join_page(event, JoinForm())


@bp.post("/join/<code>")
@limited_by_address(JOINING, "joins")
def enter(code: str) -> Answer:
    """Join with a name and a municipality, or as the member who is signed in."""
    if is_somebody() or not is_known_here(tidy_code(code)):
        event = event_by_code(code)
        if participant_in(event) is not None:
            return redirect(url_for(".live", code=event.code), 303)
        if current_user.is_authenticated:
            return _enter_as_member(event)
    form = JoinForm()
    if not form.validate_on_submit():
        return _join_page(event_by_code(code), form), 422
    try:
        return _enter_as_guest(code, form)
    except DomainError as error:
        form.form_errors = [str(error.message)]
        return _join_page(event_by_code(code), form), error.status


def _enter_as_guest(code: str, form: JoinForm) -> Response:
    with transaction():
        event = held_by_code(code)
        person, _is_new = actions.join_once(
            event,
            form.key.data or "",
            name=form.name.data or "",
            municipality_id=chosen(form.municipality.data),
            state=form.state.data or "",
            language=chosen_language(),
        )
    remember_participant(event.id, person.id)
    return redirect(url_for(".live", code=event.code), 303)


def _enter_as_member(event: Event) -> Response:
    with transaction():
        locked(Account, current_user.id)  # sent twice at once, the second waits for the first
        known = actions.member_of(event, current_user.id)
        if known is not None and known.removed_at is not None:
            raise Refused(_("You have been removed from this event."))
        if known is None:
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
    shown = form.offering_municipalities()
    return render_template("events/join.html", event=event, form=shown)


def _empty_join_page(event: Event) -> str:
    """The page of all who come in: only the key of its form is each one's own."""

    def context(marks: kept.Marks) -> dict[str, Any]:
        form = JoinForm(key=marks["key"])
        return {"event": event, "form": form.offering_municipalities()}

    looks = (event.id, event.title, event.personal_data_ends)
    return kept.page("events/join.html", looks, context, key=new_key())


@bp.route("/return/<secret>", methods=["GET", "POST"])
@opened_by_secret
def come_back(secret: str) -> Answer:
    """A personal link on a second device: GET shows one button, since links get fetched ahead."""
    person = whose(valid_token(secret, TokenKind.RETURN))
    if request.method == "GET":
        return render_template(
            "events/return.html", person=person, event=person.event, secret=secret
        )
    continue_as(person)
    return redirect(url_for(".live", code=person.event.code), 303)


def whose(token: Token | None) -> Participant:
    """Whom a personal link leads back to; raises `NotFound`."""
    person = db.session.get(Participant, token.participant_id) if token else None
    if person is None or person.removed_at is not None:
        raise NotFound(
            _("This link is no longer valid. Please make a new one on your first device.")
        )
    return person


def continue_as(person: Participant) -> None:
    """Let this device be this person from now on."""
    account = db.session.get(Account, person.account_id) if person.account_id else None
    stamp = account.session_stamp if account else None
    remember_participant(person.event_id, person.id, stamp)
