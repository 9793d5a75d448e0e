"""People who move as one: those kept together, and everybody else alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Units:
    """Each unit's people, and the units it must not share a room with (by index)."""

    members: list[list[int]]
    conflicts: list[set[int]]

    def bound(self) -> list[int]:
        """The units that cannot sit just anywhere: several people, or somebody kept apart."""
        return [
            unit
            for unit, members in enumerate(self.members)
            if len(members) > 1 or self.conflicts[unit]
        ]


class SelfConflict(Exception):
    """The two people, by index, who must be both together and apart."""


def units(
    people: int, together: Iterable[tuple[int, int]], apart: Sequence[tuple[int, int]]
) -> Units:
    """Join the pairs to keep together; everybody is in one unit, in the order of people."""
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
    return Units(members, conflicts)
