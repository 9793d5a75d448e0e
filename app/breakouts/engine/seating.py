"""Seats for people with conditions: who must sit together or apart, and how full each room gets."""

import heapq
import random
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from app.breakouts.engine.units import Units

ATTEMPTS = 5_000  # a placement costs some 50 microseconds at 500 units in 60 rooms


class NoSeat(Exception):
    """The unit, by index, for which no room was left."""


def even_sizes(people: int, capacities: Sequence[int], taken: Sequence[int]) -> list[int]:
    """Room sizes after `people` more each went to the smallest room with a free seat."""
    sizes = list(taken)
    open_rooms = [(size, room) for room, size in enumerate(sizes) if size < capacities[room]]
    heapq.heapify(open_rooms)
    for _ in range(people):
        size, room = heapq.heappop(open_rooms)
        sizes[room] = size + 1
        if size + 1 < capacities[room]:
            heapq.heappush(open_rooms, (size + 1, room))
    return sizes


def seat(
    people: int, capacities: Sequence[int], units: Units, rng: random.Random
) -> dict[int, int]:
    """A room for each bound unit, or NoSeat; sizes can become as even as the pairs allow."""
    bound = units.bound()
    if not bound:
        return {}
    failure = NoSeat()
    for limits in _limits(people, capacities, max(len(units.members[unit]) for unit in bound)):
        try:
            rooms = _Seating(units, bound, limits, rng).search()
        except NoSeat as error:
            failure = error
        else:
            return dict(zip(bound, rooms, strict=True))
    raise failure


def can_sit(capacities: Sequence[int], units: Units, rng: random.Random) -> bool:
    """Whether there is a room for each bound unit, however uneven the rooms become."""
    bound = units.bound()
    try:
        return not bound or bool(_Seating(units, bound, capacities, rng).search())
    except NoSeat:
        return False


def _limits(people: int, capacities: Sequence[int], largest_unit: int) -> Iterator[list[int]]:
    """How full rooms may get: exactly even, then ever looser, at last as far as they hold."""
    even = even_sizes(people, capacities, [0] * len(capacities))
    yield even
    level, slack = max(*even, largest_unit), 0
    while level + slack < people:
        yield [min(level + slack, capacity) for capacity in capacities]
        slack = max(1, 2 * slack)
    yield list(capacities)


class _Seating:
    """Backtracking over the units, the most constrained first (DSATUR, Brélaz 1979)."""

    def __init__(
        self, units: Units, bound: Sequence[int], limits: Sequence[int], rng: random.Random
    ) -> None:
        self.bound, self.limits, self.rng = bound, list(limits), rng
        index = {unit: number for number, unit in enumerate(bound)}
        self.conflicts = [[index[foe] for foe in sorted(units.conflicts[unit])] for unit in bound]
        self.sizes = np.array([len(units.members[unit]) for unit in bound])
        self.free: NDArray[np.int64] = np.array(limits, dtype=np.int64)
        self.blocked = np.zeros((len(bound), len(limits)), dtype=np.int64)
        for unit, room in units.rooms.items():
            self.blocked[index[unit]] += np.arange(len(limits)) != room
        self.rooms = [-1] * len(bound)

    def search(self) -> list[int]:
        """The room of each unit; NoSeat when there is none, or none after so many attempts."""
        if self._are_too_many():
            raise NoSeat(self.bound[int(self.sizes.argmax())])
        placed: list[tuple[int, list[int]]] = []
        for _ in range(ATTEMPTS + len(self.rooms)):
            placed.append(self._most_constrained())
            stuck = placed[-1][0]
            while not placed[-1][1]:
                placed.pop()
                if not placed:
                    raise NoSeat(self.bound[stuck])
                self._move(placed[-1][0], -1)
            unit, options = placed[-1]
            self._move(unit, options.pop())
            if len(placed) == len(self.rooms):
                return self.rooms
        raise NoSeat(self.bound[stuck])

    def _are_too_many(self) -> bool:
        """Whether they are more people, or more units of a size at least, than all rooms take."""
        large = ((size, (self.sizes >= size).sum()) for size in np.unique(self.sizes))
        return bool(self.sizes.sum() > self.free.sum()) or any(
            count > (self.free // size).sum() for size, count in large
        )

    def _most_constrained(self) -> tuple[int, list[int]]:
        """The waiting unit with the fewest rooms left, and these rooms, the emptiest last."""
        waiting = [unit for unit, room in enumerate(self.rooms) if room < 0]
        fits = (self.blocked[waiting] == 0) & (self.free >= self.sizes[waiting, None])
        order = np.lexsort((-self.sizes[waiting], fits.sum(axis=1)))
        return waiting[order[0]], self._options(np.flatnonzero(fits[order[0]]).tolist())

    def _options(self, rooms: list[int]) -> list[int]:
        """Order these rooms; of empty rooms of one size a single one stands for all.

        Who has a room of their own has no other option, so all of them sit by then.
        """
        self.rng.shuffle(rooms)
        used = set(self.rooms)
        alike = {self.limits[room]: room for room in rooms if room not in used}
        options = [room for room in rooms if room in used] + list(alike.values())
        return sorted(options, key=lambda room: int(self.free[room]))

    def _move(self, unit: int, room: int) -> None:
        """Put a unit into a room, or with -1 lift it out of its own."""
        step = 1 if room >= 0 else -1
        where = room if room >= 0 else self.rooms[unit]
        self.free[where] -= step * self.sizes[unit]
        self.blocked[self.conflicts[unit], where] += step
        self.rooms[unit] = room
