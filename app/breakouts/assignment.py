"""Who goes to which room: even sizes, municipalities mixed, few people who have met before."""

import random
import time
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from app.breakouts.bounds import pairs_bound
from app.breakouts.problem import Id, ImpossibleInput, Person, Room, check
from app.breakouts.quality import Figures, PairCount, figures
from app.breakouts.seating import NoSeat, even_sizes, seat
from app.breakouts.swaps import Grouping, improve
from app.breakouts.units import SelfConflict, Units, units

__all__ = [
    "Figures",
    "Id",
    "ImpossibleInput",
    "PairCount",
    "Person",
    "Plan",
    "Room",
    "place",
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
) -> Plan[Id]:
    """Assign everybody to a room, or raise ImpossibleInput; equal input gives an equal plan.

    `history` holds the earlier rounds, each person's room in each. Without pairs and scarce seats
    sizes differ by at most one and pairs of one municipality are as few as can be; repeated
    meetings are as few as the search finds.
    """
    started = time.perf_counter()
    check(people, rooms, together, apart)
    task = _Task.of(people, rooms, history, together, apart)
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
    history: Sequence[Sequence[Hashable | None]]
    capacities: Sequence[int]
    together: Sequence[tuple[int, int]]
    apart: Sequence[tuple[int, int]]

    @classmethod
    def of(
        cls,
        people: Sequence[Person[Id]],
        rooms: Sequence[Room[Id]],
        history: Sequence[Mapping[Id, Id]],
        together: Sequence[tuple[Id, Id]],
        apart: Sequence[tuple[Id, Id]],
    ) -> "_Task":
        """Put the problem into numbers; the order in which people are given plays no part."""
        ordered = sorted(people, key=lambda person: person.id)
        index: dict[Hashable, int] = {person.id: number for number, person in enumerate(ordered)}
        capacities = [room.capacity for room in rooms]
        return cls(
            index=index,
            names=[person.id for person in ordered],
            municipalities=[person.municipality for person in ordered],
            history=[[earlier.get(person.id) for person in ordered] for earlier in history],
            capacities=[len(people) if c is None else min(c, len(people)) for c in capacities],
            together=[(index[first], index[second]) for first, second in together],
            apart=[(index[first], index[second]) for first, second in apart],
        )

    def solve(self, rng: random.Random) -> list[int]:
        """The room of each person: seat whom pairs bind, deal everybody else, then swap."""
        units = self._units()
        rooms = self._deal(units, self._seat(units, rng), rng)
        # No swap of two people saves as many repeated meetings.
        weight = 2 * len(self.names) * len(self.history) + 1
        groupings = [Grouping(self.municipalities, weight)]
        groupings += [Grouping(earlier, 1) for earlier in self.history]
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
            return units(len(self.names), self.together, self.apart)
        except SelfConflict as conflict:
            first, second = (self.names[person] for person in conflict.args)
            raise ImpossibleInput(
                f"{first!r} and {second!r} are kept both together and apart"
            ) from None

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
            reason=self._why_unbounded(),
            seconds=seconds,
        )

    def _why_unbounded(self) -> str | None:
        """The bounds are promised for even sizes without pairs only."""
        if self.together or self.apart:
            return "pairs are kept together or apart"
        even = -(-len(self.names) // max(1, len(self.capacities)))
        if any(capacity < even for capacity in self.capacities):
            return "a room takes fewer people than an even share"
        return None


def place(
    person: Person[Id],
    rooms: Sequence[Room[Id]],
    occupancy: Mapping[Id, Sequence[Person[Id]]],
    *,
    together: Sequence[tuple[Id, Id]] = (),
    apart: Sequence[tuple[Id, Id]] = (),
) -> Id:
    """The room for a late-comer: the smallest with a free seat, the best mixed of several.

    Whoever must be with somebody goes to them if there is a seat; nobody goes to whom they are
    kept apart from. `occupancy` holds who is in each room now; of equal rooms the first is taken.
    ImpossibleInput if no room is left.
    """
    friends, foes = _others(person.id, together), _others(person.id, apart)

    def inside(room: Room[Id]) -> Sequence[Person[Id]]:
        return occupancy.get(room.id, ())

    def preference(room: Room[Id]) -> tuple[bool, int, int]:
        without_friend = not any(each.id in friends for each in inside(room))
        return without_friend, len(inside(room)), _compatriots(person, inside(room))

    possible = [
        room
        for room in rooms
        if (room.capacity is None or len(inside(room)) < room.capacity)
        and not any(each.id in foes for each in inside(room))
    ]
    if not possible:
        raise ImpossibleInput(f"no room left for {person.id!r}")
    return min(possible, key=preference).id


def _compatriots(person: Person[Id], others: Sequence[Person[Id]]) -> int:
    if person.municipality is None:
        return 0
    return sum(other.municipality == person.municipality for other in others)


def _others(person: Id, pairs: Sequence[tuple[Id, Id]]) -> set[Id]:
    return {b if a == person else a for a, b in pairs if person in (a, b)}
