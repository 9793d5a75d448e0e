"""What is noted of who is in which room, in the transaction in which they come or go."""

from sqlalchemy import ColumnElement, bindparam, delete, insert, literal, select, update

from app.breakouts.facts import (
    ChoosingEnded,
    PlacementChanged,
    RoomEnded,
    RoomReopened,
    RoundEnded,
    RoundOpened,
)
from app.breakouts.models import Placement, Room, Round, Stay
from app.database import now
from app.events.models import Participant
from app.extensions import db
from app.outbox import follows

_going_on = select(Stay.id).where(
    Stay.round_id == bindparam("round"),
    Stay.participant_id == bindparam("person"),
    Stay.until.is_(None),
)
_columns = [Stay.round_id, Stay.room_id, Stay.participant_id, Stay.since]


def note_presence(placement: Placement, here: bool) -> None:
    """Somebody who has a room came, or went away."""
    of = {"round": placement.round_id, "person": placement.participant_id}
    if not here:
        _end_of(placement.round_id, placement.participant_id)
    elif db.session.scalar(_going_on, of) is None:
        _begin_one(placement.round_id, placement.participant_id, placement.room_id)


def _begin_one(round_id: int, participant_id: int, room_id: int | None) -> None:
    """Note that somebody is there now, unless their room has finished."""
    room = db.session.get(Room, room_id or 0)
    if room is not None and not room.is_over:
        db.session.add(Stay(round_id=round_id, room_id=room.id, participant_id=participant_id))


def _begin(round_id: int, *conditions: ColumnElement[bool]) -> None:
    """Note that they are there now: who has a room that is open, is present, and is not noted."""
    moment = now()
    noted = select(Stay.participant_id).where(Stay.round_id == round_id, Stay.until.is_(None))
    since = literal(moment, Stay.since.type)
    here = (
        select(Placement.round_id, Placement.room_id, Placement.participant_id, since)
        .join(Room, Room.id == Placement.room_id)
        .join(Participant, Participant.id == Placement.participant_id)
        .where(
            Placement.round_id == round_id,
            Room.closed_at.is_(None),
            Participant.present_until > moment,
            Participant.removed_at.is_(None),
            Placement.participant_id.not_in(noted),
            *conditions,
        )
    )
    db.session.flush()
    db.session.execute(insert(Stay).from_select(_columns, here))


def _end(*conditions: ColumnElement[bool]) -> None:
    db.session.execute(
        update(Stay)
        .where(Stay.until.is_(None), *conditions)
        .values(until=now())
        .execution_options(synchronize_session=False)
    )


def _end_of(round_id: int, participant_id: int) -> None:
    _end(Stay.round_id == round_id, Stay.participant_id == participant_id)


def forget_stays(event_id: int) -> None:
    """Forget who was in which room of an event."""
    rounds = select(Round.id).where(Round.event_id == event_id)
    db.session.execute(delete(Stay).where(Stay.round_id.in_(rounds)))


@follows(PlacementChanged)
def _placed(fact: PlacementChanged) -> None:
    if fact.from_room is not None:
        _end_of(fact.round_id, fact.participant_id)
    if db.session.get_one(Participant, fact.participant_id).is_present:
        _begin_one(fact.round_id, fact.participant_id, fact.to_room)


@follows(RoundOpened)
def _opened(fact: RoundOpened) -> None:
    _begin(fact.round_id)


@follows(ChoosingEnded)
def _chosen(fact: ChoosingEnded) -> None:
    _begin(fact.round_id)


@follows(RoomReopened)
def _reopened(fact: RoomReopened) -> None:
    _begin(fact.round_id, Placement.room_id == fact.room_id)


@follows(RoomEnded)
def _room_ended(fact: RoomEnded) -> None:
    _end(Stay.room_id == fact.room_id)


@follows(RoundEnded)
def _ended(fact: RoundEnded) -> None:
    _end(Stay.round_id == fact.round_id)
