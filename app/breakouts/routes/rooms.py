"""The way into a room: placed, chosen, or as a visitor."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app import outbox
from app.addresses import is_number
from app.breakouts import actions, queries
from app.breakouts.forms import KINDS
from app.breakouts.models import LONGEST_CONTRIBUTION, Mode, Placement, Room, Round
from app.breakouts.routes import bp
from app.database import found, locked, transaction
from app.errors import Invalid
from app.events.frame import page_context
from app.events.identity import somebody_in
from app.events.models import Participant
from app.extensions import db
from app.permissions import Role, can, require
from app.proposals.queries import cards_of

Answer = str | Response


@bp.get("/rounds/<int:round_id>/room")
def my_room(round_id: int) -> Answer:
    """To my room; or to the choice, or for those who stay out to all rooms at a glance."""
    round_ = found(Round, round_id)
    person = somebody_in(round_.event)
    require(person, "breakouts.see", round_)
    if not round_.is_open:
        return _to_live(round_)
    if person.role != Role.PARTICIPANT:
        return _overview(round_, person)
    placement = queries.placement_of(round_.id, person.id) or _settled(round_, person)
    if placement is None:
        return _to_live(round_)
    if placement.room_id is not None and "choose" not in request.args:
        return redirect(url_for(".room", room_id=placement.room_id))
    if "after" in request.args:
        return redirect(url_for(".my_room", round_id=round_.id))
    return _choice(round_, person, placement)


def _settled(round_: Round, person: Participant) -> Placement | None:
    """Whoever asks for their room is here, even where the lease has just run out."""
    with transaction():
        actions.settle(person, arriving=True)
    db.session.expire_all()  # the page is to show one moment, and that is a later one
    return queries.placement_of(round_.id, person.id)


def _to_live(round_: Round) -> Response:
    return redirect(url_for("events.live", code=round_.event.code))


def _overview(round_: Round, person: Participant) -> str:
    page = page_context(round_.event, person)
    return render_template(
        "breakouts/overview.html",
        **page,
        **queries.choosing_counts([round_.id])[round_.id],
        cards=queries.room_cards(round_),
        may_visit=can(person, "breakouts.visit", round_),
    )


def _choice(round_: Round, person: Participant, placement: Placement) -> Answer:
    """The rooms to choose from; once the time is over there is nothing to choose."""
    page = page_context(round_.event, person)
    if not round_.is_choosing:
        return redirect(url_for(".room", room_id=placement.room_id))
    return render_template(
        "breakouts/choice.html",
        **page,
        **queries.choosing_counts([round_.id])[round_.id],
        cards=queries.room_cards(round_),
        excluded=queries.excluded_rooms(round_, {person.id}).get(person.id, set()),
        chosen=placement.room_id,
    )


@bp.route("/rounds/<int:round_id>/me", methods=["POST", "PUT"])
def choose(round_id: int) -> Response:
    """Choose my room."""
    number = request.form.get("room", "")
    if not is_number(number):
        raise Invalid
    with transaction():
        round_ = locked(Round, round_id)
        person = somebody_in(round_.event)
        require(person, "breakouts.choose", round_)
        actions.choose(round_, person, found(Room, int(number)))
    return redirect(url_for(".room", room_id=int(number)), 303)


@bp.get("/rooms/<int:room_id>")
def room(room_id: int) -> Answer:
    """A room while its round is open; whoever is in another one is led to theirs."""
    room_ = found(Room, room_id)
    round_ = room_.round
    person = somebody_in(round_.event)
    require(person, "breakouts.see", round_)
    if not round_.is_open:
        return _to_live(round_)
    if person.role == Role.PARTICIPANT:
        placement = queries.placement_of(round_.id, person.id)
        if placement is None or placement.room_id != room_.id:
            return redirect(url_for(".my_room", round_id=round_.id))
    require(person, "breakouts.enter", room_)
    room_version = outbox.position(room_.channel)
    page = page_context(round_.event, person)
    return render_template(
        "breakouts/room.html", **page, **_room_context(room_), room_version=room_version
    )


def _room_context(room_: Room) -> dict[str, Any]:
    """All that stands in a room."""
    from_before = room_.round.mode == Mode.MUNICIPALITY
    return {
        "round": room_.round,
        "item": room_.round.item,
        "contributions": queries.contributions_in(room_),
        "impulses": queries.lying_ready(room_) if from_before else [],
        "proposals": cards_of([room_.aspect_id]) if room_.aspect_id else [],
        "kinds": KINDS,
        "longest": LONGEST_CONTRIBUTION,
        **queries.heads([room_.id])[room_.id],
        **queries.rosters([room_.id])[room_.id],
        **queries.reports_by_room([room_.id])[room_.id],
    }
