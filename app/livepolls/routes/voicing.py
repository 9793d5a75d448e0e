"""Voicing a concern, and saying *me too*."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.database import found, locked, transaction
from app.events.frame import personal_streams
from app.events.identity import participant_in, somebody_in
from app.events.marks import marks
from app.events.models import Event, Participant
from app.limits import TAPPING, WRITING, limited
from app.livepolls import actions
from app.livepolls.broadcasts import mine
from app.livepolls.forms import ConcernForm
from app.livepolls.models import Concern, FlashPoll
from app.livepolls.queries import cards, held_concern
from app.livepolls.routes import bp
from app.permissions import require
from app.responses import done, notice

Answer = str | Response | tuple[str, int]


@bp.post("/polls/<int:poll_id>/concerns")
@limited(WRITING, "concerns")
def write(poll_id: int) -> Answer:
    """Voice a concern."""
    form = ConcernForm()
    with transaction():
        poll = locked(FlashPoll, poll_id, shared=True, along=FlashPoll.event)
        person = somebody_in(poll.event)
        require(person, "livepolls.write", poll)
        text, key = form.text.data or "", form.key.data or ""
        actions.write_concern(poll, person, text, key, named=request.form.get("named") == "1")
    return done(url_for("events.live", code=poll.event.code), *own_parts(person))


def own_parts(person: Participant) -> list[Markup]:
    """What changes at once on the page of the one who did it."""
    return personal_streams(person, marks, mine)


def _own_concern(concern_id: int) -> tuple[Concern, Participant]:
    concern = found(Concern, concern_id)
    person = somebody_in(concern.poll.event)
    require(person, "livepolls.edit", concern)
    return concern, person


@bp.get("/concerns/<int:concern_id>/edit")
def edit_form(concern_id: int) -> Answer:
    """The field to say it differently."""
    concern, _person = _own_concern(concern_id)
    concern.poll.require_open()
    return _edit_page(concern, ConcernForm(text=concern.text))


@bp.post("/concerns/<int:concern_id>")
def edit(concern_id: int) -> Answer:
    """Say it differently."""
    form = ConcernForm()
    if not form.validate_on_submit():
        concern, _person = _own_concern(concern_id)
        return _edit_page(concern, form), 422
    with transaction():
        poll, _concern = _held(concern_id)
        concern, person = _own_concern(concern_id)
        actions.edit_concern(concern, person, form.text.data or "")
    return _to_live(poll.event)


@bp.delete("/concerns/<int:concern_id>")
def withdraw(concern_id: int) -> Response:
    """Take it back."""
    with transaction():
        poll, _concern = _held(concern_id)
        concern, person = _own_concern(concern_id)
        actions.withdraw_concern(concern, person)
    return done(
        url_for("events.live", code=poll.event.code),
        *own_parts(person),
        notice(_withdrawn(concern)),
    )


def _withdrawn(concern: Concern) -> str:
    if concern.withdrawn_at is None:
        return _("You have taken yourself away. For those who support it, the concern stays.")
    return _("Your concern is withdrawn.")


def _edit_page(concern: Concern, form: ConcernForm) -> str:
    (card,) = cards(Concern.id == concern.id)
    return render_template(
        "livepolls/edit.html", concern=concern, card=card, event=concern.poll.event, form=form
    )


def _to_live(event: Event) -> Response:
    return redirect(url_for("events.live", code=event.code), 303)


@bp.post("/concerns/<int:concern_id>/support")
@limited(TAPPING, "supports")
def support(concern_id: int) -> Response:
    """Say *me too*, or take it back when `supported` is 0."""
    return _support(concern_id, request.form.get("supported") != "0")


@bp.delete("/concerns/<int:concern_id>/support")
def take_back(concern_id: int) -> Response:
    """Take *me too* back."""
    return _support(concern_id, False)


def _support(concern_id: int, wanted: bool) -> Response:
    with transaction():
        concern = held_concern(concern_id)
        person = participant_in(concern.poll.event)
        require(person, "livepolls.support", concern)
        assert person is not None
        actions.support(concern, person, wanted)
    url = url_for("events.live", code=concern.poll.event.code)
    return done(url, *personal_streams(person, marks))


def _held(concern_id: int) -> tuple[FlashPoll, Concern]:
    """The concern with its poll, which is held (shared), so that it cannot close in between."""
    concern = found(Concern, concern_id)
    poll = locked(FlashPoll, concern.poll_id, shared=True, along=FlashPoll.event)
    return poll, concern
