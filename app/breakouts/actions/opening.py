"""The rooms of a round, and who goes into which when it opens."""

from collections.abc import Sequence
from typing import Any

from app.breakouts import assignment, queries
from app.breakouts.homes import known_states, persons
from app.breakouts.merging import MunicipalityInfo, MunicipalityRoom, merge_by_municipality
from app.breakouts.models import Mode, PlacedHow, Room, Round
from app.events.models import Participant
from app.extensions import db
from app.livepolls.queries import chosen_aspects
from app.municipalities.models import Municipality
from app.municipalities.queries import all_by_name

SMALLEST = 3  # people; a municipality with fewer shares a room


def make_rooms(round_: Round, people: Sequence[Participant]) -> list[dict[str, Any]]:
    """Make the rooms, and say as rows of placements where everybody goes."""
    if round_.mode == Mode.MUNICIPALITY:
        return _by_municipality(round_, people)
    _topic_rooms(round_)
    if round_.mode == Mode.SELF_SELECT:
        return [_row(round_, person.id, None) for person in people]
    return _automatic(round_, people)


def _topic_rooms(round_: Round) -> None:
    """One room for each of the event's topics."""
    choosable = round_.mode == Mode.SELF_SELECT
    db.session.add_all(
        Room(
            round=round_,
            number=number,
            title=aspect.title,
            aspect_id=aspect.id,
            municipality_ids=[],
            states=[],
            capacity=round_.capacity if choosable else None,
        )
        for number, aspect in enumerate(chosen_aspects(round_.event_id), 1)
    )
    db.session.flush()


def _automatic(round_: Round, people: Sequence[Participant]) -> list[dict[str, Any]]:
    """Even sizes, municipalities mixed, few people who were together in the last rounds."""
    if not people:
        return []
    everyone = [assignment.Person(person.id, person.municipality_id) for person in people]
    plan = assignment.plan(
        everyone,
        [assignment.Room(room.id) for room in round_.rooms],
        seed=round_.id,
        history=queries.history(round_, {person.id for person in people}),
    )
    return [_row(round_, person_id, room_id) for person_id, room_id in plan.assignment.items()]


def _by_municipality(round_: Round, people: Sequence[Participant]) -> list[dict[str, Any]]:
    """A room for each municipality, small ones merged with their neighbours."""
    municipalities = all_by_name()
    infos = [
        MunicipalityInfo(m.id, m.name, m.state or None, m.cluster or None) for m in municipalities
    ]
    merged = merge_by_municipality(persons(people, known_states()), infos, SMALLEST)
    names = {m.id: m for m in municipalities}
    rows = []
    for number, drafted in enumerate(merged, 1):
        room = _municipality_room(round_, number, drafted, names)
        rows += [_row(round_, person_id, room.id) for person_id in drafted.people]
    return rows


def _municipality_room(
    round_: Round, number: int, drafted: MunicipalityRoom[int], names: dict[int, Municipality]
) -> Room:
    room = Room(
        round=round_,
        number=number,
        title=" · ".join([*(names[id].name for id in drafted.municipalities), *drafted.states]),
        municipality_ids=list(drafted.municipalities),
        states=list(drafted.states),
        why=drafted.why,
    )
    db.session.add(room)
    db.session.flush()
    return room


def _row(round_: Round, person_id: int, room_id: int | None) -> dict[str, Any]:
    return {
        "round_id": round_.id,
        "participant_id": person_id,
        "room_id": room_id,
        "how": PlacedHow.AUTOMATIC,
    }
