"""People who are moved while the rooms are open: some, two for each other, or to even rooms out."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions, queries
from app.breakouts.engine.balancing import Move
from app.breakouts.models import Room, Round
from app.breakouts.planning.balancing import better_balance
from app.breakouts.routes import bp
from app.breakouts.routes.leading import done_in, moderated
from app.breakouts.routes.timing import led
from app.database import found, locked, transaction
from app.errors import Conflict, Invalid
from app.events.frame import page_context
from app.events.identity import somebody_in
from app.events.models import Participant
from app.extensions import db
from app.permissions import require

Answer = str | Response | tuple[str, int]


@bp.post("/rooms/<int:room_id>/moves")
def move(room_id: int) -> Response:
    """Bring those who were picked into this room."""
    ids = _picked()
    if not ids:
        raise Invalid(_("Please choose somebody first."))
    with transaction():
        room = led(room_id)
        people = [found(Participant, id) for id in ids]
        actions.move_all(room.round, people, room)
    return done_in(room.round, _told_of(people, room))


def _told_of(people: Sequence[Participant], room: Room) -> str:
    if len(people) == 1:
        name = people[0].name
        return _("%(name)s is in room %(number)d now.", name=name, number=room.number)
    count = len(people)
    return _("%(count)d people are in room %(number)d now.", count=count, number=room.number)


def _picked() -> list[int]:
    values = request.form.getlist("person")
    if not all(map(is_number, values)):
        raise Invalid
    return [int(value) for value in dict.fromkeys(values)]


@bp.post("/rounds/<int:round_id>/swaps")
def swap(round_id: int) -> Response:
    """Let the two who were picked change places."""
    ids = _picked()
    if len(ids) != 2:
        raise Invalid(_("Please choose two people, from two rooms."))
    with transaction():
        round_ = moderated(locked(Round, round_id))
        first, second = [found(Participant, id) for id in ids]
        actions.swap(round_, first, second)
    names = {"first": first.name, "second": second.name}
    return done_in(round_, _("%(first)s and %(second)s have changed places.", **names))


@bp.get("/rounds/<int:round_id>/balance")
def balance(round_id: int) -> Answer:
    """Who would move where, so that the rooms are even again."""
    return _balance_page(found(Round, round_id))


def _balance_page(round_: Round, conflict: object = "") -> str:
    require(somebody_in(round_.event), "breakouts.moderate", round_)
    page = page_context(round_.event, somebody_in(round_.event))
    moves = better_balance(round_)
    return render_template(
        "breakouts/balance.html",
        **page,
        **queries.balances([round_.id])[round_.id],
        moves=[_told(each) for each in moves],
        conflict=conflict,
    )


def _told(move: Move[int]) -> dict[str, object]:
    return {
        "value": f"{move.person}-{move.source}-{move.target}",
        "person": db.session.get_one(Participant, move.person),
        "source": db.session.get_one(Room, move.source),
        "target": db.session.get_one(Room, move.target),
    }


@bp.post("/rounds/<int:round_id>/balance")
def rebalance(round_id: int) -> Answer:
    """Move those who were shown, all of them or nobody."""
    moves = [_move(value) for value in request.form.getlist("move")]
    try:
        with transaction():
            round_ = moderated(locked(Round, round_id))
            actions.rebalance(round_, moves)
    except Conflict as error:
        return _balance_page(found(Round, round_id), error.message), error.status
    flash(ngettext("%(num)d person has moved.", "%(num)d people have moved.", len(moves)))
    return redirect(url_for("events.cockpit", code=round_.event.code), 303)


def _move(value: str) -> Move[int]:
    numbers = value.split("-")
    if len(numbers) != 3 or not all(map(is_number, numbers)):
        raise Invalid
    return Move(*map(int, numbers))
