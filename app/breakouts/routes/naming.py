"""Who is named, before a round begins, to lead through its talks and to take notes."""

from collections.abc import Callable, Sequence

from flask import redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions
from app.breakouts.broadcasts import naming
from app.breakouts.models import Part, Round
from app.breakouts.routes import bp
from app.breakouts.routes.finding import MOST_LISTED
from app.breakouts.routes.leading import moderated
from app.database import found, locked, transaction
from app.errors import Invalid, NotFound
from app.events.frame import personal_streams
from app.events.identity import somebody_in
from app.events.models import Participant
from app.extensions import db
from app.limits import TAPPING, limited
from app.permissions import require
from app.responses import done


@bp.post("/rounds/<int:round_id>/nominations")
def name_for(round_id: int) -> Response:
    """Let people have a part when the round begins, in a certain room or where it is needed."""
    ids = {_number(value) for value in request.form.getlist("person") if value}
    room, part = request.form.get("room", ""), request.form.get("part", "")
    if not 0 < len(ids) <= MOST_LISTED or part not in set(Part):
        raise Invalid(_("Please choose somebody."))
    with transaction():
        round_ = moderated(locked(Round, round_id))
        actions.name_for(round_, _people(ids), Part(part), _number(room) if room else None)
    return _back(round_)


def _number(value: str) -> int:
    if not is_number(value):
        raise Invalid
    return int(value)


def _people(ids: set[int]) -> Sequence[Participant]:
    """All of them, or nobody is named."""
    people = db.session.scalars(select(Participant).where(Participant.id.in_(ids))).all()
    if len(people) < len(ids):
        raise NotFound
    return people


@bp.delete("/rounds/<int:round_id>/nominations/<int:participant_id>")
def name_no_more(round_id: int, participant_id: int) -> Response:
    """Let somebody be in the round as everybody else."""
    with transaction():
        round_ = moderated(locked(Round, round_id))
        actions.name_no_more(round_, found(Participant, participant_id))
    return _back(round_)


def _back(round_: Round) -> Response:
    return redirect(url_for("breakouts.places", round_id=round_.id, _anchor="named-title"), 303)


@bp.delete("/rounds/<int:round_id>/me/nomination")
@limited(TAPPING, "nominations")
def decline(round_id: int) -> Response:
    """Say that I would rather not have the part that I am named for."""
    return _answered(round_id, actions.decline)


@bp.put("/rounds/<int:round_id>/me/nomination")
@limited(TAPPING, "nominations")
def agree(round_id: int) -> Response:
    """Have it all the same."""
    return _answered(round_id, actions.agree)


def _answered(round_id: int, answer: Callable[[Round, Participant], None]) -> Response:
    with transaction():
        round_ = locked(Round, round_id)
        person = somebody_in(round_.event)
        require(person, "breakouts.decline", round_)
        answer(round_, person)
    own = personal_streams(person, naming.roles)
    return done(url_for("events.live", code=round_.event.code), *own)
