"""The way into a room: placed, chosen, or as a visitor."""

from collections.abc import Sequence
from typing import Any

from flask import redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import kept, outbox
from app.breakouts import actions, queries
from app.breakouts.forms import KINDS
from app.breakouts.models import LONGEST_CONTRIBUTION, Contribution, Mode, Placement, Room, Round
from app.breakouts.routes import bp
from app.database import found, locked, transaction
from app.events.frame import page_context
from app.events.identity import somebody_in
from app.events.models import Event, Participant
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
    placement = queries.placement_of(round_.id, person.id)
    if not round_.is_home_to(placement):
        placement = _settled(round_, person)
    if placement is None or not round_.is_home_to(placement):
        return _to_live(round_)
    if placement.room_id is not None and "choose" not in request.args:
        return redirect(url_for(".room", room_id=placement.room_id))
    if "after" in request.args:
        return redirect(url_for(".my_room", round_id=round_.id))
    return _choice(round_, person, placement)


def _settled(round_: Round, person: Participant) -> Placement | None:
    """Whoever asks for their room is here, even where the lease has just run out."""
    with transaction():
        locked(Event, person.event_id, shared=True)
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
        "breakouts/wishes.html" if round_.mode == Mode.WISHES else "breakouts/choice.html",
        **page,
        **queries.choosing_counts([round_.id])[round_.id],
        cards=queries.room_cards(round_),
        excluded=queries.excluded_rooms(round_, {person.id}).get(person.id, set()),
        chosen=placement.room_id,
        wishes=queries.wishes_of(round_.id, person.id),
        wanted=queries.seat_wanted_by(round_.id, person.id),
    )


@bp.get("/rounds/<int:round_id>/me/reason")
def my_reason(round_id: int) -> Answer:
    """Why I am in my room."""
    round_ = found(Round, round_id)
    person = somebody_in(round_.event)
    require(person, "breakouts.choose", round_)
    reason = queries.reason_of(round_, person)
    if reason is None or reason.room.is_over:
        return _to_live(round_)
    room_version = outbox.position(reason.room.channel)
    page = page_context(round_.event, person)
    return render_template(
        "breakouts/reason.html",
        **page,
        round=round_,
        room=reason.room,
        reason=reason,
        room_version=room_version,
    )


@bp.get("/rooms/<int:room_id>")
def room(room_id: int) -> Answer:
    """A room while its round is open; whoever is in another one is led to theirs."""
    room_ = found(Room, room_id)
    round_ = room_.round
    person = somebody_in(round_.event)
    require(person, "breakouts.see", round_)
    if not round_.is_open:
        return _to_live(round_)
    placement = None
    if person.role == Role.PARTICIPANT:
        placement = queries.placement_of(round_.id, person.id)
        if placement is None or placement.room_id != room_.id:
            return redirect(url_for(".my_room", round_id=round_.id))
        if room_.is_over:
            return redirect(url_for(".report", room_id=room_.id))
    require(person, "breakouts.enter", room_)
    room_version = outbox.position(room_.channel)
    page = page_context(round_.event, person)
    return render_template(
        "breakouts/room.html",
        **page,
        **_room_context(room_, page["version"]),
        room_version=room_version,
        placement=placement,
    )


def _room_context(room_: Room, version: int) -> dict[str, Any]:
    """All that stands in a room."""
    written = queries.contributions_in(room_)
    return {
        "round": room_.round,
        "item": room_.round.item,
        "contributions": written,
        "talks": queries.talks_of([each.id for each in written]),
        "carried": _carried(room_, written, version),
        "proposals": cards_of([room_.aspect_id]) if room_.aspect_id else [],
        "kinds": KINDS,
        "longest": LONGEST_CONTRIBUTION,
        **queries.heads([room_.id])[room_.id],
        **queries.duties_by_room([room_.id])[room_.id],
        **queries.help_by_room([room_.id])[room_.id],
        **queries.messages_by_room([room_.id])[room_.id],
        **queries.reports_by_room([room_.id])[room_.id],
    }


def _carried(room_: Room, written: Sequence[Contribution], version: int) -> Markup:
    """What lies ready: the same for all of a room, who come within seconds as a round begins."""

    def context() -> dict[str, Any]:
        carried = queries.carried_into(room_)
        return {"carried": carried, "room": room_, "contributions": written}

    plan = str(room_.round.item.settings.get(queries.CARRY_IN))
    looks = (room_.round.event.code, room_.id, plan, version, bool(written))
    return kept.part("breakouts/_carried.html", looks, context)
