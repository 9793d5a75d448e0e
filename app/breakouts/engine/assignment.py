"""Who goes to which room: even sizes, municipalities mixed, few people who have met before."""

import random
import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from app.breakouts.engine.bounds import pairs_bound
from app.breakouts.engine.problem import Id, ImpossibleInput, Person, Room, check
from app.breakouts.engine.quality import Figures, PairCount, figures
from app.breakouts.engine.seating import NoSeat, even_sizes, seat
from app.breakouts.engine.swaps import Grouping, improve
from app.breakouts.engine.units import SelfConflict, Units, units

__all__ = [
    "Figures",
    "Id",
    "ImpossibleInput",
    "PairCount",
    "Person",
    "Plan",
    "Room",
    "plan",
]


@dataclass(frozen=True)
class Plan(Generic[Id]):
    """The room of each person, with the figures that show its quality."""

    assignment: dict[Id, Id]
    figures: Figures


def plan(
    people: Sequence[Person[Id]],
    rooms: Sequence[Room[Id]],
    *,
    seed: int,
    history: Sequence[Mapping[Id, Id]] = (),
    together: Sequence[tuple[Id, Id]] = (),
    apart: Sequence[tuple[Id, Id]] = (),
    places: Mapping[Id, Id] | None = None,
) -> Plan[Id]:
    """Assign everybody to a room, or raise ImpossibleInput; equal input gives an equal plan.

    `history` holds the earlier rounds, each person's room in each, and `places` the rooms of those
    who are to be in a certain one. Without these, pairs and scarce seats sizes differ by at most
    one and pairs of one municipality are as few as can be; repeated meetings, and pairs with
    something further in common, are as few as the search finds.
    """
    started = time.perf_counter()
    check(people, rooms, together, apart, places or {})
    task = _Task.of(people, rooms, history, together, apart, places or {})
    placed = task.solve(random.Random(seed))
    return Plan(
        assignment={person.id: rooms[placed[task.index[person.id]]].id for person in people},
        figures=task.figures(placed, time.perf_counter() - started),
    )


@dataclass(frozen=True)
class _Task:
    """A checked problem in numbers: people by the order of their ids, rooms by their position."""

    index: Mapping[Hashable, int]
    names: Sequence[Hashable]
    municipalities: Sequence[Hashable | None]
    further: Sequence[Sequence[Hashable | None]]
    history: Sequence[Sequence[Hashable | None]]
    capacities: Sequence[int]
    together: Sequence[tuple[int, int]]
    apart: Sequence[tuple[int, int]]
    places: Mapping[int, int]

    @classmethod
    def of(
        cls,
        people: Sequence[Person[Id]],
        rooms: Sequence[Room[Id]],
        history: Sequence[Mapping[Id, Id]],
        together: Sequence[tuple[Id, Id]],
        apart: Sequence[tuple[Id, Id]],
        places: Mapping[Id, Id],
    ) -> "_Task":
        """Put the problem into numbers; the order in which people are given plays no part."""
        ordered = sorted(people, key=lambda person: person.id)
        index: dict[Hashable, int] = {person.id: number for number, person in enumerate(ordered)}
        capacities = [room.capacity for room in rooms]
        position = {room.id: number for number, room in enumerate(rooms)}
        return cls(
            index=index,
            names=[person.id for person in ordered],
            municipalities=[person.municipality for person in ordered],
            further=list(zip(*(person.further for person in ordered), strict=True)),
            history=[[earlier.get(person.id) for person in ordered] for earlier in history],
            capacities=[len(people) if c is None else min(c, len(people)) for c in capacities],
            together=[(index[first], index[second]) for first, second in together],
            apart=[(index[first], index[second]) for first, second in apart],
            places={index[person]: position[room] for person, room in places.items()},
        )

    def solve(self, rng: random.Random) -> list[int]:
        """The room of each person: seat whom pairs bind, deal everybody else, then swap."""
        units = self._units()
        rooms = self._deal(units, self._seat(units, rng), rng)
        lighter = [*self.history, *self.further]
        weight = 2 * len(self.names) * len(lighter) + 1  # no swap of two people saves as many pairs
        groupings = [Grouping(self.municipalities, weight)]
        groupings += [Grouping(labels, 1) for labels in lighter]
        room_count = len(self.capacities)
        goal = sum(each.weight * pairs_bound(each.labels, room_count) for each in groupings)
        rooms = improve(rooms, room_count, units, groupings, goal=goal, rng=rng)
        placed = {
            person: room
            for members, room in zip(units.members, rooms, strict=True)
            for person in members
        }
        return [placed[person] for person in range(len(self.names))]

    def _units(self) -> Units:
        try:
            return units(len(self.names), self.together, self.apart, self.places)
        except SelfConflict as conflict:
            first, second = (self.names[person] for person in conflict.args)
            in_two_rooms = self.places.keys() >= set(conflict.args)
            how = "together, in two rooms" if in_two_rooms else "both together and apart"
            raise ImpossibleInput(f"{first!r} and {second!r} are kept {how}") from None

    def _seat(self, units: Units, rng: random.Random) -> dict[int, int]:
        try:
            return seat(len(self.names), self.capacities, units, rng)
        except NoSeat as error:
            who = ", ".join(repr(self.names[person]) for person in units.members[error.args[0]])
            raise ImpossibleInput(
                f"no room left for {who} with these capacities and pairs"
            ) from None

    def _deal(self, units: Units, seats: dict[int, int], rng: random.Random) -> list[int]:
        """The room of each unit: deal who has no seat round-robin, by municipality.

        Each municipality falls on consecutive turns, so its parts differ by at most one.
        """
        waiting = [unit for unit in range(len(units.members)) if unit not in seats]
        rng.shuffle(waiting)
        home = {unit: self.municipalities[units.members[unit][0]] for unit in waiting}
        turn: dict[Hashable, int] = {}
        for unit in waiting:
            turn.setdefault(home[unit], len(turn))
        waiting.sort(key=lambda unit: turn[home[unit]])
        before = [0] * len(self.capacities)
        for unit, room in seats.items():
            before[room] += len(units.members[unit])
        after = even_sizes(len(waiting), self.capacities, before)
        free = [full - had for full, had in zip(after, before, strict=True)]
        cycles = range(max(free, default=0))
        turns = (room for cycle in cycles for room, left in enumerate(free) if left > cycle)
        rooms = seats | dict(zip(waiting, turns, strict=True))
        return [rooms[unit] for unit in range(len(units.members))]

    def figures(self, placed: Sequence[int], seconds: float) -> Figures:
        """The figures of an assignment of this task."""
        return figures(
            placed,
            len(self.capacities),
            self.municipalities,
            self.history,
            self.further,
            reason=self._why_unbounded(),
            seconds=seconds,
        )

    def _why_unbounded(self) -> str | None:
        """The bounds are promised for even sizes without pairs only."""
        if self.together or self.apart:
            return "pairs are kept together or apart"
        if self.places:
            return "somebody is to be in a certain room"
        even = -(-len(self.names) // max(1, len(self.capacities)))
        if any(capacity < even for capacity in self.capacities):
            return "a room takes fewer people than an even share"
        return None
