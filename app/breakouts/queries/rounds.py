"""Reads of rounds, and of who is placed where."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from app.breakouts.models import RUNNING, Placement, Room, Round, RoundState
from app.breakouts.problem import Person
from app.database import now
from app.events.models import AgendaItem, Participant
from app.events.queries import present_people
from app.extensions import db
from app.permissions import Role

REMEMBERED = 2  # earlier rounds whose meetings are avoided; more take seconds for 2,000 people


def round_of(item: AgendaItem) -> Round | None:
    """The round of an agenda item."""
    return db.session.scalar(select(Round).where(Round.item_id == item.id))


def rounds_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rounds, as contexts of their clocks."""
    rows = db.session.scalars(select(Round).where(Round.id.in_(ids)))
    return {round_.id: {"round": round_} for round_ in rows}


def open_round(event_id: int) -> Round | None:
    """The round that is open in an event; there is one at most."""
    return db.session.scalar(
        select(Round).where(Round.event_id == event_id, Round.state.in_(RUNNING))
    )


def due_rounds() -> Sequence[int]:
    """The rounds whose deadline has passed, for choosing or altogether."""
    choosing = and_(Round.state == RoundState.CHOOSING, Round.choose_until <= now())
    talking = and_(Round.state == RoundState.OPEN, Round.ends_at <= now())
    return db.session.scalars(select(Round.id).where(or_(choosing, talking))).all()


def placement_of(round_id: int, participant_id: int) -> Placement | None:
    """Where somebody is in a round."""
    return db.session.get(Placement, (round_id, participant_id))


def placeable(event_id: int) -> list[Participant]:
    """Those who are to be in rooms: present, and participants, for all others stay out."""
    return [person for person in present_people(event_id) if person.role == Role.PARTICIPANT]


def people_of(round_: Round) -> Sequence[Participant]:
    """Everybody who has a place in a round, removed or not."""
    return db.session.scalars(
        select(Participant)
        .join(Placement, Placement.participant_id == Participant.id)
        .where(Placement.round_id == round_.id)
        .order_by(Participant.id)
    ).all()


def strays() -> Sequence[tuple[int, int]]:
    """People, with their open round, who are present and have neither a room nor a choice."""
    rows = db.session.execute(
        select(Participant.id, Round.id)
        .join(Round, Round.event_id == Participant.event_id)
        .outerjoin(
            Placement,
            and_(Placement.round_id == Round.id, Placement.participant_id == Participant.id),
        )
        .where(
            Round.state.in_(RUNNING),
            Placement.participant_id.is_(None),
            Participant.role == Role.PARTICIPANT,
            Participant.removed_at.is_(None),
            Participant.present_until > now(),
        )
    )
    return [(person_id, round_id) for person_id, round_id in rows]


def occupancy(round_: Round) -> dict[int | None, list[Person[int]]]:
    """Who is placed in each room of a round, and without a room those who are choosing."""
    rows = db.session.execute(
        select(Placement.room_id, Participant.id, Participant.municipality_id)
        .join(Participant, Participant.id == Placement.participant_id)
        .where(Placement.round_id == round_.id, Participant.removed_at.is_(None))
        .order_by(Participant.id)
    )
    inside: dict[int | None, list[Person[int]]] = defaultdict(list)
    for room_id, person_id, municipality_id in rows:
        inside[room_id].append(Person(person_id, municipality_id))
    return inside


def _earlier(round_: Round) -> ColumnElement[bool]:
    """The rounds of the same event that were opened before this one."""
    return and_(
        Round.event_id == round_.event_id,
        Round.id != round_.id,
        Round.opened_at.is_not(None),
        Round.opened_at < (round_.opened_at or now()),
    )


def history(round_: Round, people: Collection[int]) -> list[dict[int, int]]:
    """The room of each of these people in the last rounds before this one."""
    last = (
        select(Round.id).where(_earlier(round_)).order_by(Round.opened_at.desc()).limit(REMEMBERED)
    )
    rows = db.session.execute(
        select(Placement.round_id, Placement.participant_id, Placement.room_id).where(
            Placement.round_id.in_(last.scalar_subquery()), Placement.room_id.is_not(None)
        )
    )
    rounds: dict[int, dict[int, int]] = defaultdict(dict)
    for round_id, person_id, room_id in rows:
        if person_id in people and room_id is not None:
            rounds[round_id][person_id] = room_id
    return list(rounds.values())


def excluded_rooms(round_: Round, people: Collection[int]) -> dict[int, set[int]]:
    """Per person the rooms whose topic they had before, unless that would leave them none."""
    rows = db.session.execute(
        select(Placement.participant_id, Room.aspect_id)
        .select_from(Placement)
        .join(Room, Room.id == Placement.room_id)
        .join(Round, Round.id == Placement.round_id)
        .where(_earlier(round_), Room.aspect_id.is_not(None))
    )
    by_topic = {room.aspect_id: room.id for room in round_.rooms if room.aspect_id}
    excluded: dict[int, set[int]] = defaultdict(set)
    for person_id, aspect_id in rows:
        if person_id in people and aspect_id in by_topic:
            excluded[person_id].add(by_topic[aspect_id])
    return {who: rooms for who, rooms in excluded.items() if len(rooms) < len(round_.rooms)}
