"""The moderators' plan: what a round would be now, pairs, prepared places, another deal."""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.addresses import is_number
from app.breakouts import actions, queries
from app.breakouts.models import Bond, Pair, Round
from app.breakouts.planning import previews
from app.breakouts.planning.naming import holders_in
from app.breakouts.routes import bp
from app.breakouts.routes.leading import moderated
from app.database import found, locked, transaction
from app.errors import Invalid
from app.events.identity import participant_in
from app.events.models import Event, Participant
from app.events.queries import event_by_code
from app.limits import LOOKING_UP, limited
from app.permissions import require

AT_ONCE = 500  # people in one table


def to_preview(round_: Round) -> Response:
    """Back to what the round would be now."""
    return redirect(url_for("breakouts.preview", round_id=round_.id), 303)


@bp.get("/e/<code>/rounds")
def rounds(code: str) -> str:
    """All rounds of an event, as they are planned."""
    event = _led_event(code)
    planned = [previews.summary(round_) for round_ in queries.rounds_in(event.id)]
    named = queries.named_counts(event.id)
    return render_template("breakouts/rounds.html", event=event, planned=planned, named=named)


def _led_event(code: str) -> Event:
    event = event_by_code(code)
    require(participant_in(event), "breakouts.moderate", event)
    return event


@bp.get("/rounds/<int:round_id>/preview")
@limited(LOOKING_UP, "previews")
def preview(round_id: int) -> str:
    """What would happen if the round began now, or if the time for choosing were over."""
    round_ = moderated(found(Round, round_id))
    shown = previews.shown(round_)
    return render_template(
        "breakouts/preview.html",
        event=round_.event,
        round=round_,
        shown=shown,
        leading=holders_in(round_, [room.people for room in shown.rooms] if shown else []),
        summary=previews.summary(round_),
        pairs=queries.pairs_of(round_),
        people=queries.participants_in(round_.event_id),
    )


@bp.post("/rounds/<int:round_id>/deals")
def deal_anew(round_id: int) -> Response:
    """Deal with another seed."""
    with transaction():
        round_ = moderated(locked(Round, round_id))
        actions.deal_anew(round_)
    return to_preview(round_)


@bp.post("/rounds/<int:round_id>/pairs")
def bind(round_id: int) -> Response:
    """Keep two people together, or apart."""
    first, second, bond = _number("first"), _number("second"), request.form.get("bond", "")
    if bond not in set(Bond):
        raise Invalid
    with transaction():
        round_ = moderated(locked(Round, round_id))
        actions.bind(
            round_,
            found(Participant, first),
            found(Participant, second),
            Bond(bond),
            everywhere=bool(request.form.get("everywhere")),
        )
    return to_preview(round_)


@bp.delete("/rounds/<int:round_id>/pairs/<int:pair_id>")
def unbind(round_id: int, pair_id: int) -> Response:
    """Let two people be placed as everybody else."""
    with transaction():
        round_ = moderated(locked(Round, round_id))
        actions.unbind(round_, found(Pair, pair_id))
    return to_preview(round_)


def _number(name: str) -> int:
    value = request.form.get(name, "")
    if not is_number(value):
        raise Invalid(_("Please choose two different people."))
    return int(value)


@bp.get("/rounds/<int:round_id>/placements")
def placements(round_id: int) -> str:
    """Who is in which room, and why; room by room where there are many."""
    round_ = moderated(found(Round, round_id))
    cards = queries.room_cards(round_)
    asked = [card.room for card in cards if str(card.room.id) == request.args.get("room")]
    rooms = [card.room for card in cards]
    if sum(card.count for card in cards) > AT_ONCE:
        rooms = rooms[:1]
    return render_template(
        "breakouts/placements.html",
        event=round_.event,
        round=round_,
        cards=cards,
        reasons=queries.reasons(round_, asked or rooms),
    )
