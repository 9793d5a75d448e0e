"""The breakout round as a step of the agenda, and what follows from the deeds of others."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.breakouts import actions, queries
from app.breakouts.facts import PlacementChanged, RosterChanged
from app.breakouts.models import Contribution, Room, Round
from app.breakouts.planning.foreseeing import foreseen
from app.breakouts.planning.settled import require_timely
from app.breakouts.rules import FIELDS
from app.database import locked
from app.events.cards import MOST_OFFERED, CardKind
from app.events.facts import (
    ParticipantArrived,
    ParticipantChanged,
    ParticipantLeft,
    StepLeft,
    StepStarted,
)
from app.events.models import AgendaItem, Participant
from app.events.steps import NextStep, StepKind
from app.extensions import db
from app.outbox import announce, follows
from app.realtime.audiences import View


def create(item: AgendaItem) -> None:
    """Make the item's round, or bring it up to date."""
    actions.plan_round(item)


def load(item: AgendaItem, view: View) -> dict[str, Any]:
    """What the round shows in a view."""
    round_ = queries.round_of(item)
    assert round_ is not None
    context: dict[str, Any] = {"round": round_, "round_id": round_.id}
    context |= queries.choosing_counts([round_.id])[round_.id]
    if view is View.COCKPIT:
        tiles = queries.tiles([room.id for room in round_.rooms])
        for at_a_glance in (queries.help_by_round, queries.messages_by_round, queries.balances):
            context |= at_a_glance([round_.id])[round_.id]
        return context | {"tiles": list(tiles.values()), "can_open": actions.can_open(round_)}
    if round_.is_over and view is View.HALL:
        return context | {"results": queries.results_of(round_)}
    return context | {"cards": queries.room_cards(round_)}


def next_step(item: AgendaItem) -> NextStep | None:
    """Open the rooms where they could not open by themselves; end what goes on; then go on."""
    round_ = queries.round_of(item)
    if round_ is None or round_.is_over:
        return None
    if round_.is_choosing:
        url = url_for("breakouts.end_choice", round_id=round_.id, _method="DELETE")
        return NextStep(_l("End the choosing"), url)
    if round_.is_open:
        url = url_for("breakouts.end", round_id=round_.id, _method="DELETE")
        return NextStep(_l("End the round"), url)
    if actions.can_open(round_):
        return NextStep(_l("Open the rooms"), url_for("breakouts.open_rooms", round_id=round_.id))
    return None


def plan(item: AgendaItem) -> str | None:
    """Before it has begun, moderators may look at what it would be."""
    if item.started_at is not None:
        return None
    return url_for("breakouts.rounds", code=item.event.code, _anchor=f"round-of-{item.id}")


def lead(item: AgendaItem, person: Participant) -> str | None:
    """While the rooms are open, everybody is led to theirs, unless theirs has finished already."""
    round_ = queries.round_of(item)
    if round_ is None or not round_.is_open or _has_finished(round_, person):
        return None
    return url_for("breakouts.my_room", round_id=round_.id)


def _has_finished(round_: Round, person: Participant) -> bool:
    placement = queries.placement_of(round_.id, person.id)
    room = db.session.get(Room, placement.room_id or 0) if placement is not None else None
    return room is not None and room.is_over


def _round_at(item_id: int) -> Round | None:
    """The round of an agenda item, held, if it is one of ours."""
    item = db.session.get_one(AgendaItem, item_id)
    round_ = queries.round_of(item) if item.kind == breakout_step.name else None
    return locked(Round, round_.id) if round_ else None


@follows(StepStarted)
def start(fact: StepStarted) -> None:
    """Coming to a new round opens it; coming back to one leaves it as it is."""
    round_ = _round_at(fact.item_id)
    if round_ is not None and round_.opened_at is None and actions.can_open(round_):
        actions.open_round(round_)


def ahead(item: AgendaItem) -> AbstractContextManager[None]:
    """Who goes where is worked out before the hall is led on."""
    round_ = queries.round_of(item)
    return foreseen(round_.id) if round_ else nullcontext()


def check(item: AgendaItem, settings: Mapping[str, Any]) -> None:
    """What was read as the rooms opened is not changed afterwards as if that had an effect."""
    require_timely(queries.round_of(item), settings)


@follows(StepLeft)
def leave(fact: StepLeft) -> None:
    """Going on ends the round."""
    round_ = _round_at(fact.item_id)
    if round_ is not None:
        actions.end_round(round_)


@follows(ParticipantArrived)
def arrive(fact: ParticipantArrived) -> None:
    """Who arrives while the rooms are open is placed in the same transaction."""
    person = db.session.get_one(Participant, fact.participant_id)
    round_ = actions.settle(person, arriving=True)
    if round_ is not None:
        actions.welcome_back(round_, person)
    _tell_room(person, round_)


@follows(ParticipantChanged)
def change(fact: ParticipantChanged) -> None:
    """Who becomes a participant is placed, and who no longer is one is taken out."""
    person = db.session.get_one(Participant, fact.participant_id)
    _tell_room(person, actions.settle(person))


@follows(ParticipantLeft)
def depart(fact: ParticipantLeft) -> None:
    """Who goes away keeps their place; the others see that they are away."""
    person = db.session.get_one(Participant, fact.participant_id)
    _tell_room(person, queries.open_round(person.event_id))


@follows(PlacementChanged)
def seat_left(fact: PlacementChanged) -> None:
    """A seat that somebody leaves is given to who has waited longest for one in that room."""
    room = db.session.get(Room, fact.from_room) if fact.from_room else None
    if room is not None:
        actions.give_seats(room.round, room)


def _tell_room(person: Participant, round_: Round | None) -> None:
    placement = queries.placement_of(round_.id, person.id) if round_ else None
    if placement is not None and placement.room_id is not None:
        actions.note_presence(placement, person.is_present)
        actions.note_holder(person, placement.room_id, person.is_present)
        room = f"room:{placement.room_id}"
        announce(RosterChanged(placement.room_id), room, person.event.channel)


def _contribution_channels(contribution: Contribution) -> tuple[str, ...]:
    room = contribution.room
    return room.channel, room.round.event.channel


breakout_step = StepKind(
    "breakout",
    _l("Breakout round"),
    "breakouts/_stage.html",
    "breakouts/_cockpit.html",
    "breakouts/_screen.html",
    load=load,
    create=create,
    next_step=next_step,
    lead=lead,
    settings_template="breakouts/_settings.html",
    plan=plan,
    ahead=ahead,
    fields=(*FIELDS, queries.CARRY_IN),
    check=check,
)
contribution_card = CardKind(
    "contribution",
    Contribution,
    _contribution_channels,
    screen="breakouts/_contribution_screen.html",
    label=_l("Contribution"),
    plural=_l("Newest contributions"),
    place=60,
    latest=lambda event: queries.newest_contributions(event.id, MOST_OFFERED),
)
