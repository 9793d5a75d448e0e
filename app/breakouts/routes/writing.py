"""Contributing in a room."""

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import outbox
from app.breakouts import actions, broadcasts, queries
from app.breakouts.forms import ContributionForm, TextOnlyForm
from app.breakouts.models import Contribution, Room, Round
from app.breakouts.routes import bp
from app.database import found, locked, transaction
from app.events.frame import page_context, personal_streams
from app.events.identity import somebody_in
from app.events.models import Participant
from app.extensions import limiter
from app.identity import who
from app.permissions import require
from app.realtime.audiences import View
from app.responses import done, notice

Answer = str | Response | tuple[str, int]


@bp.post("/rooms/<int:room_id>/contributions")
@limiter.limit("40 per minute", key_func=lambda: f"contributions {who()}")
def write(room_id: int) -> Answer:
    """Contribute an experience, a concern or an impulse."""
    form = ContributionForm()
    with transaction():
        room = _held(room_id)
        person = somebody_in(room.round.event)
        require(person, "breakouts.write", room)
        contribution, _new = actions.write_contribution(
            room, person, form.kind.data or "", form.text.data or "", form.key.data or ""
        )
    return done(
        _back(room),
        _card(contribution),
        *_marks(person),
    )


def _held(room_id: int) -> Room:
    """The room, its round held (shared), so that it cannot end in between."""
    room = found(Room, room_id)
    locked(Round, room.round_id, shared=True)
    return room


def _card(contribution: Contribution) -> Markup:
    """The contribution as everybody in the room will see it, at once."""
    version = outbox.position(contribution.room.channel)
    context = queries.contributions_by_id([contribution.id]).get(contribution.id)
    return broadcasts.contribution.stream(contribution.id, context, View.ROOM, version)


def _marks(person: Participant) -> list[Markup]:
    return personal_streams(person, outbox.position(person.channel), broadcasts.marks)


def _back(room: Room) -> str:
    """To the room while it is open, afterwards to what is left to hand in."""
    if room.round.is_open:
        return url_for(".room", room_id=room.id)
    return url_for(".report", room_id=room.id)


def _own(contribution_id: int) -> tuple[Contribution, Participant]:
    contribution = found(Contribution, contribution_id)
    person = somebody_in(contribution.room.round.event)
    require(person, "breakouts.edit", contribution)
    return contribution, person


@bp.get("/contributions/<int:contribution_id>/edit")
def edit_form(contribution_id: int) -> Answer:
    """The field to say it differently."""
    contribution, person = _own(contribution_id)
    contribution.room.round.require_texts()
    return _edit_page(contribution, person, TextOnlyForm(text=contribution.text))


@bp.post("/contributions/<int:contribution_id>")
def edit(contribution_id: int) -> Answer:
    """Say it differently."""
    form = TextOnlyForm()
    if not form.validate_on_submit():
        contribution, person = _own(contribution_id)
        return _edit_page(contribution, person, form), 422
    with transaction():
        _held(found(Contribution, contribution_id).room_id)
        contribution, person = _own(contribution_id)
        actions.edit_contribution(contribution, person, form.text.data or "")
    return redirect(_back(contribution.room), 303)


def _edit_page(contribution: Contribution, person: Participant, form: TextOnlyForm) -> str:
    page = page_context(contribution.room.round.event, person)
    return render_template(
        "breakouts/edit.html",
        **page,
        contribution=contribution,
        round=contribution.room.round,
        back=_back(contribution.room),
        form=form,
    )


@bp.delete("/contributions/<int:contribution_id>")
def withdraw(contribution_id: int) -> Response:
    """Take it back."""
    with transaction():
        _held(found(Contribution, contribution_id).room_id)
        contribution, person = _own(contribution_id)
        actions.withdraw_contribution(contribution, person)
    return done(
        _back(contribution.room),
        _card(contribution),
        *_marks(person),
        notice(_("Your contribution is withdrawn.")),
    )
