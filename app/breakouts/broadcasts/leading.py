"""Which fact redraws what those who lead see of the rooms, and what goes between them."""

from collections.abc import Iterable

from flask import url_for

from app.breakouts import queries
from app.breakouts.broadcasts import COCKPIT, PERSON, ROOM, clock, room_count, tile, visit
from app.breakouts.facts import (
    DutiesChanged,
    HelpChanged,
    OwnDutiesChanged,
    PlacementChanged,
    RoomChanged,
    RoomEnded,
    RoomExtended,
    RoomMessageSent,
    RoomReopened,
    RosterChanged,
    RoundExtended,
)
from app.breakouts.models import Room, RoomMessage, Round
from app.events.marks import marks
from app.events.models import Participant
from app.extensions import db
from app.realtime import Partial, Redraw, Stream, redraws
from app.realtime.partials import Change

room_clock = Partial("breakouts/_room_clock.html", "room-clock-{id}", queries.heads, ROOM)
duties = Partial("breakouts/_duties.html", "duties-{id}", queries.duties_by_room, ROOM)
help_wanted = Partial("breakouts/_help.html", "room-help-{id}", queries.help_by_room, ROOM)
messages = Partial("breakouts/_messages.html", "room-messages-{id}", queries.messages_by_room, ROOM)
calls = Partial("breakouts/_calls.html", "round-calls-{id}", queries.help_by_round, COCKPIT)
sent = Partial(
    "breakouts/_sent_messages.html", "round-messages-{id}", queries.messages_by_round, COCKPIT
)
balance = Partial("breakouts/_balance.html", "round-balance-{id}", queries.balances, COCKPIT)


@redraws(RoundExtended)
def _all_extended(fact: RoundExtended) -> Iterable[Change]:
    round_ = db.session.get_one(Round, fact.round_id)
    return [change for room in round_.rooms for change in _time_of(room.id)]


def _time_of(room_id: int) -> list[Redraw]:
    """Where the end of a room is shown, beside the clock in it."""
    return [Redraw(tile, room_id), Redraw(room_count, room_id)]


@redraws(RoomExtended)
def _extended(fact: RoomExtended) -> Iterable[Change]:
    theirs = [Redraw(room_clock, fact.room_id), *_time_of(fact.room_id)]
    return [*theirs, Redraw(clock, fact.round_id)]


@redraws(RoomEnded)
def _ended(fact: RoomEnded) -> Iterable[Change]:
    code = db.session.get_one(Round, fact.round_id).event.code
    back = visit(url_for("events.live", code=code), ROOM)
    return [back, *_time_of(fact.room_id), Redraw(clock, fact.round_id)]


@redraws(RoomReopened)
def _reopened(fact: RoomReopened) -> Iterable[Change]:
    return [visit(url_for("breakouts.room", room_id=fact.room_id), PERSON)]


@redraws(RosterChanged)
def _roster_changed(fact: RosterChanged) -> Iterable[Change]:
    round_id = db.session.get_one(Room, fact.room_id).round_id
    partials = (duties, tile)
    return [*(Redraw(one, fact.room_id) for one in partials), Redraw(balance, round_id)]


@redraws(PlacementChanged)
def _placed(fact: PlacementChanged) -> Iterable[Change]:
    rooms = [id for id in (fact.from_room, fact.to_room) if id is not None]
    return [*(Redraw(duties, id) for id in rooms), Redraw(balance, fact.round_id)]


@redraws(RoomChanged)
def _room_changed(fact: RoomChanged) -> Iterable[Change]:
    return [Redraw(balance, fact.round_id)]


@redraws(DutiesChanged)
def _duties_changed(fact: DutiesChanged) -> Iterable[Change]:
    return [Redraw(duties, fact.room_id), Redraw(tile, fact.room_id)]


@redraws(OwnDutiesChanged)
def _own_changed(fact: OwnDutiesChanged) -> Iterable[Change]:
    return [Redraw(marks, fact.participant_id)]


@redraws(HelpChanged)
def _help_changed(fact: HelpChanged) -> Iterable[Change]:
    room = [Redraw(one, fact.room_id) for one in (help_wanted, tile)]
    return [*room, Redraw(calls, fact.round_id)]


@redraws(RoomMessageSent)
def _said(fact: RoomMessageSent) -> Iterable[Change]:
    if fact.room_id is not None:
        return [Redraw(messages, fact.room_id)]
    message = db.session.get(RoomMessage, fact.message_id)
    return [Redraw(sent, fact.round_id), *(_letters(message) if message else ())]


def _letters(message: RoomMessage) -> Iterable[Stream]:
    """It is said to each of them, whatever page of the event they look at."""
    for id in queries.told_by(message):
        yield Stream("notice", html=message.text, views=PERSON, to=Participant.channel_of(id))
