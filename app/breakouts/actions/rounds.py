"""A round's life: planned, opened, given more time, ended."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import insert

from app.breakouts import queries
from app.breakouts.actions import placing
from app.breakouts.actions.opening import make_rooms
from app.breakouts.facts import ChoosingEnded, RoundEnded, RoundExtended, RoundOpened
from app.breakouts.models import Mode, Placement, Round
from app.database import found, locked
from app.errors import Conflict, Invalid
from app.events.facts import StepChanged
from app.events.models import AgendaItem, Event
from app.extensions import db
from app.livepolls.queries import chosen_aspects
from app.outbox import announce

MOST_MINUTES = 60  # that can be added at once
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
        choosing = _number(item.settings.get("choosing_minutes"))
        round_.choosing_seconds = 60 * (choosing or CHOOSING_MINUTES)
        round_.capacity = _number(item.settings.get("capacity"))
    db.session.flush()
    return round_


def _number(value: Any) -> int | None:
    """A number above nothing, as the agenda's form sends it, or none."""
    text = str(value or "").strip()
    return int(text) or None if text.isdecimal() and len(text) <= 4 else None


def hold(round_id: int) -> Round:
    """The round, held together with its event: nobody arrives while the rooms are opened.

    Whoever arrives holds the event (shared) until they are placed, so one waits for the other.
    """
    event_id = found(Round, round_id).event_id
    locked(Event, event_id)
    return locked(Round, round_id)


def can_open(round_: Round) -> bool:
    """Whether there is anything to make rooms of."""
    return round_.mode == Mode.MUNICIPALITY or bool(chosen_aspects(round_.event_id))


def open_round(round_: Round) -> None:
    """Make the rooms, and place everybody who is present; the round is held (`hold`)."""
    if not round_.item.is_current:
        raise Conflict(_l("Start this step of the agenda first."))
    if not can_open(round_):
        raise Conflict(_l("There are no topics yet. Choose the aspects of a flash poll first."))
    round_.open()
    placements = make_rooms(round_, queries.placeable(round_.event_id))
    if placements:
        db.session.execute(insert(Placement), placements)
    announce(RoundOpened(round_.id), round_.event.channel)
    _announce_step(round_)


def reopen(round_: Round) -> None:
    """Take the end back; the round is held (`hold`)."""
    if not round_.item.is_current:
        raise Conflict(_l("Start this step of the agenda first."))
    round_.reopen()
    db.session.flush()
    placing.settle_all(round_)
    announce(RoundOpened(round_.id), round_.event.channel)
    _announce_step(round_)


def extend(round_: Round, minutes: int) -> None:
    """Give more time; the round is held."""
    if not 1 <= minutes <= MOST_MINUTES:
        raise Invalid
    round_.extend(minutes)
    announce(RoundExtended(round_.id), round_.event.channel)


def end_choosing(round_: Round) -> None:
    """Place whoever has not chosen; the round is held."""
    round_.end_choosing()
    db.session.flush()
    placing.place_undecided(round_)
    channels = [room.channel for room in round_.rooms]
    announce(ChoosingEnded(round_.id), round_.event.channel, *channels)
    _announce_step(round_)


def end_round(round_: Round) -> None:
    """Send everybody back to the plenum; ending it twice ends it once. The round is held."""
    if not round_.is_open:
        return
    round_.close()
    channels = [room.channel for room in round_.rooms]
    announce(RoundEnded(round_.id), round_.event.channel, *channels)
    _announce_step(round_)


def keep_time(round_: Round) -> None:
    """Do what the clock asks for, if it still does; the round is held."""
    if not round_.is_due:
        return
    if round_.is_choosing:
        end_choosing(round_)
    else:
        end_round(round_)


def _announce_step(round_: Round) -> None:
    db.session.flush()
    announce(StepChanged(round_.event_id, round_.item_id), round_.event.channel)
