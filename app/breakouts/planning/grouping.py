"""Rooms of people who have something in common, before they exist."""

from collections.abc import Sequence

from app.breakouts.engine.merging import (
    MunicipalityInfo,
    MunicipalityRoom,
    Tie,
    merge_by_municipality,
)
from app.breakouts.engine.problem import Person
from app.breakouts.models import Mode, Room
from app.breakouts.planning.attributes import Label, labels
from app.breakouts.planning.drafts import RoomDraft, Topic
from app.breakouts.planning.homes import known_states, persons
from app.events.models import Participant
from app.municipalities.queries import all_by_name

SMALLEST = 3  # people; a group with fewer shares a room

Neighbours = Sequence[frozenset[str]]


def grouped(
    people: Sequence[Participant], attribute: str, neighbours: Neighbours
) -> list[RoomDraft]:
    """A room for each municipality, state or function, small ones merged with their neighbours."""
    if attribute == Mode.MUNICIPALITY:
        return _by_municipality(people)
    by_person = labels(people, attribute)
    names = sorted({str(name) for name in by_person.values() if name is not None})
    numbers: dict[Label, int] = {name: number for number, name in enumerate(names)}
    infos = [
        MunicipalityInfo(number, name, further_clusters=neighbours_of(name, neighbours))
        for number, name in enumerate(names)
    ]
    everyone = [Person(p.id, numbers.get(by_person[p.id])) for p in people]
    merged = merge_by_municipality(everyone, infos, SMALLEST)
    return [_of_names(room, attribute, [names[n] for n in room.municipalities]) for room in merged]


def neighbours_of(name: str, neighbours: Neighbours) -> frozenset[int]:
    """The lists of neighbours, by their numbers, in which a state or function stands."""
    return frozenset(number for number, names in enumerate(neighbours) if name.casefold() in names)


def _of_names(room: MunicipalityRoom[int], attribute: str, names: list[str]) -> RoomDraft:
    return RoomDraft(
        Topic(" · ".join(names)),
        room.people,
        states=names if attribute == Mode.STATE else (),
        functions=names if attribute == Mode.FUNCTION else (),
        why=room.why,
    )


def _by_municipality(people: Sequence[Participant]) -> list[RoomDraft]:
    municipalities = all_by_name()
    infos = [
        MunicipalityInfo(m.id, m.name, m.state or None, m.cluster or None) for m in municipalities
    ]
    names = {m.id: m.name for m in municipalities}
    return [
        RoomDraft(
            Topic(" · ".join([*(names[id] for id in room.municipalities), *room.states])),
            room.people,
            municipality_ids=room.municipalities,
            states=room.states,
            why=room.why,
        )
        for room in merge_by_municipality(persons(people, known_states()), infos, SMALLEST)
    ]


def home_among(
    label: Label, by_size: Sequence[Room], neighbours: Neighbours
) -> tuple[Room, Tie | None] | None:
    """The room of a state or function for somebody who comes later, and the tie to it.

    Their own needs no tie; else it is the smallest of their neighbours', else the smallest of all.
    """
    own = [room for room in by_size if _is_own(label, room)]
    if own:
        return own[0], None
    mine = neighbours_of(str(label or ""), neighbours)
    for room in by_size:
        if any(neighbours_of(name, neighbours) & mine for name in [*room.states, *room.functions]):
            return room, "cluster"
    return (by_size[0], "common") if by_size else None


def _is_own(label: Label, room: Room) -> bool:
    names = [*room.states, *room.functions]
    if label is None:
        return not names or room.why == "common"
    return any(name.casefold() == str(label).casefold() for name in names)
