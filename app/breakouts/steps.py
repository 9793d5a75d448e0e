"""The breakout round as a step of the agenda, and what follows from the deeds of others."""

from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.breakouts import actions, queries
from app.breakouts.facts import RosterChanged
from app.breakouts.models import Contribution, Round
from app.database import locked
from app.events.cards import CardKind
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
        return context | {"tiles": list(tiles.values()), "can_open": actions.can_open(round_)}
    if round_.is_over and view is View.HALL:
        return context | {"results": queries.results_of(round_)}
    return context | {"cards": queries.room_cards(round_)}


def next_step(item: AgendaItem) -> NextStep | None:
    """Open the rooms where they could not open by themselves; end the round; then go on."""
    round_ = queries.round_of(item)
    if round_ is None or round_.is_over:
        return None
    if round_.is_open:
        url = url_for("breakouts.end", round_id=round_.id, _method="DELETE")
        return NextStep(_l("End the round"), url)
    if actions.can_open(round_):
        return NextStep(_l("Open the rooms"), url_for("breakouts.open_rooms", round_id=round_.id))
    return None


def lead(item: AgendaItem, _person: Participant) -> str | None:
    """While the rooms are open, everybody is led to theirs."""
    round_ = queries.round_of(item)
    if round_ is None or not round_.is_open:
        return None
    return url_for("breakouts.my_room", round_id=round_.id)


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
    actions.settle(person, arriving=True)
    _tell_room(person)


@follows(ParticipantChanged)
def change(fact: ParticipantChanged) -> None:
    """Who becomes a participant is placed, and who no longer is one is taken out."""
    person = db.session.get_one(Participant, fact.participant_id)
    actions.settle(person)
    _tell_room(person)


@follows(ParticipantLeft)
def depart(fact: ParticipantLeft) -> None:
    """Who goes away keeps their place; the others see that they are away."""
    _tell_room(db.session.get_one(Participant, fact.participant_id))


def _tell_room(person: Participant) -> None:
    round_ = queries.open_round(person.event_id)
    placement = queries.placement_of(round_.id, person.id) if round_ else None
    if placement is not None and placement.room_id is not None:
        announce(RosterChanged(placement.room_id), f"room:{placement.room_id}")


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
    fields=("mode", "choosing_minutes", "capacity"),
)
contribution_card = CardKind(
    "contribution",
    Contribution,
    _contribution_channels,
    screen="breakouts/_contribution_screen.html",
)
