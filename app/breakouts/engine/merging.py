"""Rooms by municipality, the small ones merged with their neighbours, visibly.

Whatever else people have in common serves as well: then it is the municipality of this module.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Generic, Literal

from app.breakouts.engine.problem import Id, ImpossibleInput, Person, check_unique

Tie = Literal["cluster", "state", "common"]
TIES: tuple[Tie, ...] = ("cluster", "state", "common")  # from close to loose


@dataclass(frozen=True)
class MunicipalityInfo(Generic[Id]):
    """A municipality, with the state it lies in and the clusters it works in, if any."""

    id: Id
    name: str
    state: str | None = None
    cluster: Hashable | None = None
    further_clusters: frozenset[Hashable] = frozenset()


@dataclass(frozen=True)
class MunicipalityRoom(Generic[Id]):
    """A room: its municipalities, its people, and why they are together.

    `why` is the loosest tie that holds the room together, None if all are from one municipality.
    `states` are those of the people who have a state but no municipality.
    """

    municipalities: tuple[Id, ...]
    states: tuple[str, ...]
    people: tuple[Id, ...]
    why: Tie | None


@dataclass(frozen=True)
class _Draft(Generic[Id]):
    """A room in the making, with all that may tie it to another."""

    room: MunicipalityRoom[Id]
    clusters: frozenset[Hashable]
    states: frozenset[str]

    def tied(self, other: "_Draft[Id]", tie: Tie) -> bool:
        """Whether this tie exists between the two rooms; anything is common."""
        if tie == "cluster":
            return bool(self.clusters & other.clusters)
        if tie == "state":
            return bool(self.states & other.states)
        return True

    def merged(self, other: "_Draft[Id]", tie: Tie) -> "_Draft[Id]":
        """Both rooms as one, this one's people first."""
        one, two = self.room, other.room
        ties = [each for each in (one.why, two.why, tie) if each]
        return _Draft(
            MunicipalityRoom(
                one.municipalities + two.municipalities,
                one.states + two.states,
                one.people + two.people,
                max(ties, key=TIES.index),
            ),
            self.clusters | other.clusters,
            self.states | other.states,
        )


def merge_by_municipality(
    people: Sequence[Person[Id]],
    municipalities: Sequence[MunicipalityInfo[Id]],
    minimum: int = 3,
) -> list[MunicipalityRoom[Id]]:
    """A room for each municipality with people, none below `minimum` unless it is the only one.

    Too small a room goes to the smallest of its cluster, else of its state. What is left over
    is gathered in a common room, and if even that stays too small it joins the smallest room: a
    guest among strangers can talk, and somebody alone cannot. People without a municipality get a
    room for their state, else the common one. Equal sizes follow the order of `municipalities`.
    """
    check_unique("person", (person.id for person in people))
    check_unique("municipality", (each.id for each in municipalities))
    rooms = list(
        chain(
            _municipality_rooms(people, municipalities), _state_rooms(people), _common_room(people)
        )
    )
    while merge := _next_merge(rooms, minimum):
        keeps, gives, tie = merge
        rooms[keeps] = rooms[keeps].merged(rooms[gives], tie)
        del rooms[gives]
    return [draft.room for draft in rooms]


def _municipality_rooms(
    people: Sequence[Person[Id]], municipalities: Sequence[MunicipalityInfo[Id]]
) -> Iterable[_Draft[Id]]:
    present: dict[Hashable, list[Id]] = {each.id: [] for each in municipalities}
    for person in people:
        if person.municipality is None:
            continue
        if person.municipality not in present:
            raise ImpossibleInput(
                f"person {person.id!r} is from an unknown municipality: {person.municipality!r}"
            )
        present[person.municipality].append(person.id)
    for each in municipalities:
        if present[each.id]:
            yield _Draft(
                MunicipalityRoom((each.id,), (), tuple(present[each.id]), None),
                _known(each.cluster) | each.further_clusters,
                frozenset() if each.state is None else frozenset((each.state,)),
            )


def _state_rooms(people: Sequence[Person[Id]]) -> Iterable[_Draft[Id]]:
    rest = [person for person in people if person.municipality is None]
    for state in sorted({person.state for person in rest if person.state is not None}):
        here = tuple(person.id for person in rest if person.state == state)
        room: MunicipalityRoom[Id] = MunicipalityRoom((), (state,), here, "state")
        yield _Draft(room, frozenset(), frozenset((state,)))


def _common_room(people: Sequence[Person[Id]]) -> Iterable[_Draft[Id]]:
    rest = tuple(p.id for p in people if p.municipality is None and p.state is None)
    if rest:
        yield _Draft(MunicipalityRoom((), (), rest, "common"), frozenset(), frozenset())


def _known(cluster: Hashable | None) -> frozenset[Hashable]:
    return frozenset() if cluster is None else frozenset((cluster,))


def _next_merge(rooms: Sequence[_Draft[Id]], minimum: int) -> tuple[int, int, Tie] | None:
    """The next two rooms to merge, the earlier one first, and their tie; close ties first."""
    by_size = sorted(range(len(rooms)), key=lambda number: len(rooms[number].room.people))
    small = [number for number in by_size if len(rooms[number].room.people) < minimum]
    for tie in TIES:
        for number in small:
            others = [each for each in by_size if each != number]
            partners = [each for each in others if rooms[number].tied(rooms[each], tie)]
            if tie == "common":
                partners = _leftovers(rooms, partners, small) or partners
            if partners:
                first, second = sorted((number, partners[0]))
                return first, second, tie
    return None


def _leftovers(rooms: Sequence[_Draft[Id]], partners: list[int], small: list[int]) -> list[int]:
    """The common room, or else other rooms that are too small, rather than a settled one."""
    common = [each for each in partners if rooms[each].room.why == "common"]
    return common or [each for each in partners if each in small]
