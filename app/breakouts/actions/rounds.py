"""A round's life: planned, opened, given more time, ended."""

from collections.abc import Collection, Sequence

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert

from app.breakouts import queries
from app.breakouts.actions import placing, waiting, wishes
from app.breakouts.actions.opening import make_rooms
from app.breakouts.actions.talking import shut_talks
from app.breakouts.facts import (
    ChoosingEnded,
    RoomChanged,
    RosterChanged,
    RoundEnded,
    RoundOpened,
)
from app.breakouts.models import BY_CHOICE, Mode, Placement, Room, Round
from app.breakouts.planning.drafting import has_rooms
from app.breakouts.planning.foreseeing import expected
from app.breakouts.rules import number
from app.database import found, locked
from app.errors import Conflict
from app.events.facts import StepChanged
from app.events.models import AgendaItem, Event, Participant
from app.extensions import db
from app.outbox import announce

MINUTES, CHOOSING_MINUTES = 15, 2  # where the agenda says nothing


def plan_round(item: AgendaItem) -> Round:
    """The round of an agenda item, made or brought up to date with it while it is planned."""
    round_ = queries.round_of(item)
    if round_ is None:
        round_ = Round(event_id=item.event_id, item_id=item.id)
        db.session.add(round_)
    mode = item.settings.get("mode")
    if round_.opened_at is None:
        round_.mode = Mode(mode) if mode in set(Mode) else Mode.AUTOMATIC
        round_.seconds = 60 * (item.minutes or MINUTES)
        choosing = number(item.settings.get("choosing_minutes"))
        round_.choosing_seconds = 60 * (choosing or CHOOSING_MINUTES)
        round_.capacity = number(item.settings.get("capacity"))
    elif round_.mode in BY_CHOICE:
        _change_seats(locked(Round, round_.id), number(item.settings.get("capacity")))
    db.session.flush()
    return round_


def _change_seats(round_: Round, seats: int | None) -> None:
    """While it goes on, there may be more seats, or fewer; the round is held."""
    if round_.is_open and round_.capacity != seats:
        waiting.change_seats(round_, seats)


def hold(round_id: int) -> Round:
    """The round, held together with its event: nobody arrives while the rooms are opened.

    Whoever arrives holds the event (shared) until they are placed, so one waits for the other.
    """
    event_id = found(Round, round_id).event_id
    locked(Event, event_id)
    return locked(Round, round_id)


def hold_plan(round_: Round) -> Round:
    """A planned round, held after its step: in the order of whoever changes steps."""
    locked(AgendaItem, round_.item_id)
    return locked(Round, round_.id)


def hold_room(room_id: int, *, shared: bool = False) -> Room:
    """The room as it is, its round held, so that neither can end in between."""
    room = found(Room, room_id)
    locked(Round, room.round_id, shared=shared)
    db.session.refresh(room)  # somebody may have changed it until the round was ours
    return room


def can_open(round_: Round) -> bool:
    """Whether there is anything to make rooms of."""
    return has_rooms(round_)


def open_round(round_: Round) -> None:
    """Make the rooms, and place everybody who is present; the round is held (`hold`)."""
    if not round_.item.is_current:
        raise Conflict(_l("Start this step of the agenda first."))
    if not can_open(round_):
        raise Conflict(_l("There are no topics yet. Choose the aspects of a flash poll first."))
    round_.open()
    here = queries.placeable(round_.event_id)
    placements = make_rooms(round_, expected(round_, here))
    if placements:
        db.session.execute(insert(Placement), placements)
    announce(RoundOpened(round_.id), round_.event.channel)
    _place_others(round_, here, {row["participant_id"] for row in placements})
    _announce_step(round_)


def _place_others(round_: Round, here: Sequence[Participant], placed: Collection[int]) -> None:
    """Who has come while the rooms were drafted comes late."""
    for person in here:
        if person.id not in placed:
            placing.settle_in(round_, person, True)


def reopen(round_: Round) -> None:
    """Take the end back; the round is held (`hold`)."""
    if not round_.item.is_current:
        raise Conflict(_l("Start this step of the agenda first."))
    round_.reopen()
    db.session.flush()
    placing.settle_all(round_)
    if not round_.is_choosing:
        _place_who_has_not_chosen(round_)
    shut_talks(round_)
    announce(RoundOpened(round_.id), round_.event.channel)
    _announce_step(round_)


def end_choosing(round_: Round) -> None:
    """Place whoever has not chosen; the round is held."""
    round_.end_choosing()
    db.session.flush()
    _place_who_has_not_chosen(round_)
    announce(ChoosingEnded(round_.id), round_.event.channel)
    for room in round_.rooms:
        announce(RoomChanged(round_.id, room.id), room.channel)
        announce(RosterChanged(room.id), room.channel)
    _announce_step(round_)


def _place_who_has_not_chosen(round_: Round) -> None:
    waiting.nobody_waits(round_)
    if round_.mode == Mode.WISHES:
        wishes.place_by_wishes(round_)
    placing.place_undecided(round_)


def end_round(round_: Round) -> None:
    """Send everybody back to the plenum; ending it twice ends it once. The round is held."""
    if not round_.is_open:
        return
    round_.close()
    channels = [room.channel for room in round_.rooms]
    announce(RoundEnded(round_.id), round_.event.channel, *channels)
    _announce_step(round_)


def _announce_step(round_: Round) -> None:
    db.session.flush()
    announce(StepChanged(round_.event_id, round_.item_id), round_.event.channel)
