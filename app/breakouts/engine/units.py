"""People who move as one: those kept together, and everybody else alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Units:
    """Each unit's people, the units it must not share a room with, and its room if that is fixed.

    All by index.
    """

    members: list[list[int]]
    conflicts: list[set[int]]
    rooms: Mapping[int, int] = field(default_factory=dict)

    def bound(self) -> list[int]:
        """The units that cannot sit just anywhere: several people, kept apart, or with a room."""
        return [
            unit
            for unit, members in enumerate(self.members)
            if len(members) > 1 or self.conflicts[unit] or unit in self.rooms
        ]


class SelfConflict(Exception):
    """The two people, by index, who must be both together and apart, or in two rooms."""


def units(
    people: int,
    together: Iterable[tuple[int, int]],
    apart: Sequence[tuple[int, int]],
    places: Mapping[int, int] | None = None,
) -> Units:
    """Join the pairs to keep together; everybody is in one unit, in the order of people.

    `places` holds the room of those who are to be in a certain one.
    """
    unit_of = {person: frozenset((person,)) for person in range(people)}
    for first, second in together:
        joined = unit_of[first] | unit_of[second]
        unit_of.update(dict.fromkeys(joined, joined))
    members = [sorted(unit) for person, unit in unit_of.items() if person == min(unit)]
    index = {person: number for number, unit in enumerate(members) for person in unit}
    conflicts: list[set[int]] = [set() for _ in members]
    for first, second in apart:
        if index[first] == index[second]:
            raise SelfConflict(first, second)
        conflicts[index[first]].add(index[second])
        conflicts[index[second]].add(index[first])
    return Units(members, conflicts, _rooms(index, places or {}))


def _rooms(unit_of: Mapping[int, int], places: Mapping[int, int]) -> dict[int, int]:
    """The room of each unit with somebody who is to be in a certain one."""
    first: dict[int, int] = {}
    for person in sorted(places):
        known = first.setdefault(unit_of[person], person)
        if places[known] != places[person]:
            raise SelfConflict(known, person)
    return {unit: places[person] for unit, person in first.items()}
