"""Reads of what is planned for a round: pairs, prepared places, and what people wish for."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import contains_eager

from app.breakouts.engine.pairing import Tie
from app.breakouts.models import Bond, Pair, PreparedPlace, Room, Round, SeatWanted, Wish
from app.breakouts.queries.rounds import of_a_few
from app.events.models import AgendaItem, Participant
from app.extensions import db
from app.permissions import Role


def _holds_in(round_: Round) -> ColumnElement[bool]:
    """The pairs of this round, and those of all rounds of its event."""
    anywhere = Pair.round_id.is_(None) & (Pair.event_id == round_.event_id)
    return or_(Pair.round_id == round_.id, anywhere)


def pairs_of(round_: Round) -> Sequence[Pair]:
    """The pairs that hold in a round, the oldest first."""
    return db.session.scalars(select(Pair).where(_holds_in(round_)).order_by(Pair.id)).all()


def pairs_in(event_id: int) -> Sequence[Pair]:
    """The pairs of all rounds of an event, each alone or in common."""
    return db.session.scalars(select(Pair).where(Pair.event_id == event_id)).all()


def ties_among(round_: Round, people: Collection[int]) -> list[Tie[int]]:
    """The pairs of these people as the assignment knows them, the oldest first."""
    return [
        Tie(*pair.ids, pair.bond == Bond.TOGETHER)
        for pair in pairs_of(round_)
        if pair.first_id in people and pair.second_id in people
    ]


def prepared_in(round_: Round) -> dict[int, int]:
    """The number of the room that has been prepared for somebody."""
    rows = db.session.execute(
        select(PreparedPlace.participant_id, PreparedPlace.number).where(
            PreparedPlace.round_id == round_.id
        )
    )
    return {person_id: number for person_id, number in rows}


def prepared_room(round_: Round, person_id: int) -> Room | None:
    """The room that has been prepared for somebody, once the round has its rooms."""
    place = db.session.get(PreparedPlace, (round_.id, person_id))
    return next((room for room in round_.rooms if place and room.number == place.number), None)


def wishes_in(round_: Round, people: Collection[int] | None = None) -> dict[int, list[int]]:
    """What everybody wishes for in a round, or these people at least; the first wish first."""
    theirs = [] if people is None else of_a_few(Wish.participant_id, people)
    rows = db.session.execute(
        select(Wish.participant_id, Wish.room_id)
        .where(Wish.round_id == round_.id, *theirs)
        .order_by(Wish.participant_id, Wish.rank)
    )
    wishes: dict[int, list[int]] = defaultdict(list)
    for person_id, room_id in rows:
        wishes[person_id].append(room_id)
    return wishes


def wishes_of(round_id: int, person_id: int) -> list[int]:
    """The rooms that somebody wishes for, the first wish first."""
    rows = db.session.scalars(
        select(Wish.room_id)
        .where(Wish.round_id == round_id, Wish.participant_id == person_id)
        .order_by(Wish.rank)
    )
    return list(rows)


def seat_wanted_by(round_id: int, person_id: int) -> SeatWanted | None:
    """The seat that somebody waits for."""
    return db.session.get(SeatWanted, (round_id, person_id))


def next_in_line(room_id: int) -> SeatWanted | None:
    """Who has waited longest for a seat in a room."""
    return db.session.scalars(
        select(SeatWanted)
        .where(SeatWanted.room_id == room_id)
        .order_by(SeatWanted.since, SeatWanted.participant_id)
        .limit(1)
    ).first()


def participants_in(event_id: int) -> Sequence[Participant]:
    """Everybody who can be in rooms, present or not, by name."""
    return db.session.scalars(
        select(Participant)
        .where(
            Participant.event_id == event_id,
            Participant.removed_at.is_(None),
            Participant.role == Role.PARTICIPANT,
        )
        .order_by(Participant.name, Participant.id)
    ).all()


def rounds_in(event_id: int) -> Sequence[Round]:
    """The rounds of an event, in the order of its agenda."""
    return db.session.scalars(
        select(Round)
        .join(AgendaItem, AgendaItem.id == Round.item_id)
        .where(Round.event_id == event_id)
        .options(contains_eager(Round.item))
        .order_by(AgendaItem.position)
    ).all()
