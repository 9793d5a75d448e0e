"""Contributing in a room."""

from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import outbox
from app.breakouts import actions, broadcasts, queries
from app.breakouts.forms import ContributionForm, EditForm
from app.breakouts.models import Contribution, Room
from app.breakouts.permissions import verb_to_edit
from app.breakouts.routes import bp
from app.database import found, locked, transaction
from app.errors import Conflict
from app.events.frame import page_context, personal_streams
from app.events.identity import somebody_in
from app.events.marks import marks
from app.events.models import Participant
from app.limits import WRITING, limited
from app.permissions import require
from app.realtime.audiences import View
from app.responses import done, notice

Answer = str | Response | tuple[str, int]


@bp.post("/rooms/<int:room_id>/contributions")
@limited(WRITING, "contributions")
def write(room_id: int) -> Answer:
    """Contribute an experience, a concern or an impulse."""
    form = ContributionForm()
    with transaction():
        room = actions.hold_room(room_id, shared=True)
        person = somebody_in(room.round.event)
        require(person, "breakouts.write", room)
        contribution, _new = actions.write_contribution(
            room, person, form.kind.data or "", form.text.data or "", form.key.data or ""
        )
    return done(
        _back(room),
        card(contribution),
        *_marks(person),
    )


def card(contribution: Contribution) -> Markup:
    """The contribution as everybody in the room will see it, at once."""
    version = outbox.position(contribution.room.channel)
    context = queries.contributions_by_id([contribution.id]).get(contribution.id)
    return broadcasts.contribution.stream(contribution.id, context, View.ROOM, version)


def _marks(person: Participant) -> list[Markup]:
    return personal_streams(person, marks)


def _back(room: Room) -> str:
    """To the room while it is open, afterwards to what is left to hand in."""
    if room.round.is_open:
        return url_for(".room", room_id=room.id)
    return url_for(".report", room_id=room.id)


def _own(contribution: Contribution) -> Participant:
    person = somebody_in(contribution.room.round.event)
    require(person, "breakouts.edit", contribution)
    return person


def _editor(contribution: Contribution) -> Participant:
    """The author, or a moderator, whose wording is marked as such."""
    person = somebody_in(contribution.room.round.event)
    require(person, verb_to_edit(person, contribution), contribution)
    return person


@bp.get("/contributions/<int:contribution_id>/edit")
def edit_form(contribution_id: int) -> Answer:
    """The field to say it differently."""
    contribution = found(Contribution, contribution_id)
    person = _editor(contribution)
    contribution.room.round.require_texts()
    values = {"text": contribution.text, "version": contribution.version}
    return _edit_page(contribution, person, EditForm(data=values))


@bp.post("/contributions/<int:contribution_id>")
@limited(WRITING, "contributions")
def edit(contribution_id: int) -> Answer:
    """Say it differently; whoever began from an older state sees both, and loses nothing."""
    form = EditForm()
    contribution = found(Contribution, contribution_id)
    if not form.validate_on_submit():
        return _edit_page(contribution, _editor(contribution), form), 422
    try:
        with transaction():
            contribution = _held_text(contribution_id)
            person, version = _editor(contribution), form.version.data or 0
            actions.edit_contribution(contribution, person, form.text.data or "", version)
    except Conflict as error:
        if "text" not in error.details:
            raise
        return _stale(contribution_id, form, error)
    return redirect(_where(contribution, person), 303)


def _held_text(contribution_id: int) -> Contribution:
    """The contribution, held with its round, which cannot end in between."""
    actions.hold_room(found(Contribution, contribution_id).room_id, shared=True)
    return locked(Contribution, contribution_id)


def _stale(contribution_id: int, form: EditForm, error: Conflict) -> Answer:
    """What was typed stands in the field, what somebody else has written beside it."""
    contribution = found(Contribution, contribution_id)
    form.version.data, form.version.raw_data = contribution.version, None
    page = _edit_page(contribution, _editor(contribution), form, conflict=error.message)
    return page, error.status


def _where(contribution: Contribution, person: Participant) -> str:
    """Where whoever edits it comes from: an author's room, or for others its own page."""
    if contribution.room.round.is_open or person.wrote(contribution):
        return _back(contribution.room)
    return url_for(".contribution", contribution_id=contribution.id)


def _edit_page(
    contribution: Contribution, person: Participant, form: EditForm, conflict: Any = None
) -> str:
    page = page_context(contribution.room.round.event, person)
    return render_template(
        "breakouts/edit.html",
        **page,
        contribution=contribution,
        round=contribution.room.round,
        back=_where(contribution, person),
        form=form,
        conflict=conflict,
        is_others=not person.wrote(contribution),
    )


@bp.delete("/contributions/<int:contribution_id>")
def withdraw(contribution_id: int) -> Response:
    """Take it back."""
    with transaction():
        contribution = _held_text(contribution_id)
        person = _own(contribution)
        actions.withdraw_contribution(contribution, person)
    is_gone = contribution.withdrawn_at is not None
    stays = _("Others have replied to your contribution, so it stays, without your name.")
    return done(
        _back(contribution.room),
        card(contribution),
        *_marks(person),
        notice(_("Your contribution is withdrawn.") if is_gone else stays),
    )
