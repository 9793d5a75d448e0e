"""Reads of rounds, and of who is placed where."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from app.breakouts.engine.problem import Person
from app.breakouts.models import RUNNING, Placement, Room, Round, RoundState
from app.breakouts.rules import Rules
from app.database import now
from app.events.models import AgendaItem, Participant
from app.events.queries import present_people
from app.extensions import db
from app.permissions import Role

A_FEW = 50  # people
# Earlier rounds whose meetings are avoided; more of them take a second for 2,000 people.
REMEMBERED, OF_MANY, MANY = 3, 2, 1_000


def round_of(item: AgendaItem) -> Round | None:
    """The round of an agenda item."""
    return db.session.scalar(select(Round).where(Round.item_id == item.id))


def rounds_by_id(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """These rounds, as contexts of their clocks."""
    rows = db.session.scalars(select(Round).where(Round.id.in_(ids)))
    return {round_.id: {"round": round_} for round_ in rows}


_open_in = select(Round).where(Round.event_id == bindparam("event"), Round.state.in_(RUNNING))


def open_round(event_id: int) -> Round | None:
    """The round that is open in an event; there is one at most. Whoever comes in asks this."""
    return db.session.scalar(_open_in, {"event": event_id})


def due_rounds(moment: Any) -> Select[int]:
    """The rounds whose deadline has passed, or that of a room: for choosing or altogether."""
    choosing = and_(Round.state == RoundState.CHOOSING, Round.choose_until <= moment)
    early = select(Room.id).where(
        Room.round_id == Round.id, Room.ends_at <= moment, Room.closed_at.is_(None)
    )
    talking = and_(Round.state == RoundState.OPEN, or_(Round.ends_at <= moment, early.exists()))
    return select(Round.id).where(or_(choosing, talking))


def placement_of(round_id: int, participant_id: int) -> Placement | None:
    """Where somebody is in a round."""
    return db.session.get(Placement, (round_id, participant_id))


def roomless(round_: Round) -> dict[int, Placement]:
    """The placements of those who are still choosing, by their people."""
    rows = select(Placement).where(Placement.round_id == round_.id, Placement.room_id.is_(None))
    return {placement.participant_id: placement for placement in db.session.scalars(rows)}


def placeable(event_id: int) -> list[Participant]:
    """Those who are to be in rooms: present, and participants, for all others stay out."""
    return [person for person in present_people(event_id) if person.role == Role.PARTICIPANT]


def placeable_among(event_id: int, ids: Collection[int]) -> dict[int, Participant]:
    """Those of these people who may be in rooms, present or not, by their ids."""
    if not ids:
        return {}
    people = select(Participant).where(
        Participant.event_id == event_id,
        Participant.role == Role.PARTICIPANT,
        Participant.removed_at.is_(None),
        *of_a_few(Participant.id, ids),
    )
    return {person.id: person for person in db.session.scalars(people) if person.id in ids}


def people_of(round_: Round) -> Sequence[Participant]:
    """Everybody who has a place in a round, removed or not."""
    return db.session.scalars(
        select(Participant)
        .join(Placement, Placement.participant_id == Participant.id)
        .where(Placement.round_id == round_.id)
        .order_by(Participant.id)
    ).all()


def strays(moment: Any) -> Select[int, int]:
    """People, with their open round, who are present and have neither a room nor a choice."""
    has_no_room = and_(Round.state == RoundState.OPEN, Placement.room_id.is_(None))
    return (
        select(Participant.id, Round.id)
        .join(Round, Round.event_id == Participant.event_id)
        .outerjoin(
            Placement,
            and_(Placement.round_id == Round.id, Placement.participant_id == Participant.id),
        )
        .where(
            Round.state.in_(RUNNING),
            or_(Placement.participant_id.is_(None), has_no_room),
            Participant.role == Role.PARTICIPANT,
            Participant.removed_at.is_(None),
            Participant.present_until > moment,
        )
    )


def occupancy(round_: Round) -> dict[int | None, list[Person[int]]]:
    """Who is placed in each room of a round, and without a room those who are choosing."""
    is_here = Participant.present_until > now()
    rows = db.session.execute(
        select(Placement.room_id, Participant.id, Participant.municipality_id, is_here)
        .join(Participant, Participant.id == Placement.participant_id)
        .where(Placement.round_id == round_.id, Participant.removed_at.is_(None))
        .order_by(Participant.id)
    )
    inside: dict[int | None, list[Person[int]]] = defaultdict(list)
    for room_id, person_id, municipality_id, here in rows:
        inside[room_id].append(Person(person_id, municipality_id, is_here=bool(here)))
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
    most = OF_MANY if len(people) > MANY else REMEMBERED
    last = select(Round.id).where(_earlier(round_)).order_by(Round.opened_at.desc()).limit(most)
    rows = db.session.execute(
        select(Placement.round_id, Placement.participant_id, Placement.room_id).where(
            Placement.round_id.in_(last.scalar_subquery()),
            Placement.room_id.is_not(None),
            *of_a_few(Placement.participant_id, people),
        )
    )
    rounds: dict[int, dict[int, int]] = defaultdict(dict)
    for round_id, person_id, room_id in rows:
        if person_id in people and room_id is not None:
            rounds[round_id][person_id] = room_id
    return list(rounds.values())


def excluded_rooms(round_: Round, people: Collection[int]) -> dict[int, set[int]]:
    """Per person the rooms whose topic they had before, unless that would leave them none.

    Where the plan says that topics may be had again, nobody is kept out of any.
    """
    if Rules.of(round_.item.settings).topics_again:
        return {}
    topic = func.coalesce(Room.first_title, Room.title)
    rows = db.session.execute(
        select(Placement.participant_id, Room.aspect_id, topic)
        .select_from(Placement)
        .join(Room, Room.id == Placement.room_id)
        .join(Round, Round.id == Room.round_id)
        .where(_earlier(round_), *of_a_few(Placement.participant_id, people))
    )
    by_topic: dict[Hashable, set[int]] = defaultdict(set)
    for room in round_.rooms:
        by_topic[_topic(room.aspect_id, room.topic)].add(room.id)
    excluded: dict[int, set[int]] = defaultdict(set)
    for person_id, aspect_id, title in rows:
        if person_id in people:
            excluded[person_id] |= by_topic.get(_topic(aspect_id, title), set())
    return {who: ids for who, ids in excluded.items() if 0 < len(ids) < len(round_.rooms)}


def of_a_few(column: Any, people: Collection[int]) -> list[ColumnElement[bool]]:
    """What is a few people's; of a whole hall all is read."""
    return [column.in_(people)] if len(people) <= A_FEW else []


def _topic(aspect_id: int | None, title: str) -> Hashable:
    """What tells topics apart: the aspect, or the title; groups without a topic have none."""
    return aspect_id or title.casefold() or object()
