"""Better assignments by swapping two people, or units of one size: room sizes stay."""

import random
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.breakouts.engine.units import Units

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

STEPS = 20_000  # swaps looked for in all; a step costs 30 to 100 microseconds up to 2,000 people
PATIENCE = 8_000  # steps without a better assignment
REFRESH = 20  # steps between two looks at who is worth moving
CROWDED = 4  # every so many looks are at crowded labels
TENURE = 3  # steps for which nobody returns to the room they have left, and up to as many more
UPHILL = 1  # how much worse a swap may make things, to leave a local optimum
NEVER = 2**60


@dataclass(frozen=True)
class Grouping:
    """A label for each person (or None); a pair with equal labels in one room costs `weight`."""

    labels: Sequence[Hashable | None]
    weight: int


def improve(
    rooms: Sequence[int],
    room_count: int,
    units: Units,
    groupings: Sequence[Grouping],
    *,
    goal: int,
    rng: random.Random,
) -> list[int]:
    """The cheapest rooms of the units found from these; stops at once at the cost `goal`.

    Tabu search over swaps, the best partner for a unit worth moving, as for social golfers (Dotú
    and Van Hentenryck, Scheduling Social Golfers with Local Search, 2005).
    """
    if not rooms:
        return []
    return _SwapSearch(rooms, room_count, units, groupings, rng).run(goal)


class _SwapSearch:
    """An assignment, and for each unit and room what it costs the unit to be there.

    `costs[k, u]` sums over the groupings the weight of each pair of a person in room k and one of
    unit u with equal labels, u's own people included. A swap changes two rooms' rows only, and
    there only those who share a label with the two units. Labels are kept unit by unit.
    """

    def __init__(
        self,
        rooms: Sequence[int],
        room_count: int,
        units: Units,
        groupings: Sequence[Grouping],
        rng: random.Random,
    ) -> None:
        self.rng = rng
        self.room: Ints = np.array(rooms, dtype=np.int64)
        self.units = np.arange(len(rooms))
        self.sizes: Ints = np.array([len(unit) for unit in units.members], dtype=np.int64)
        self.starts: Ints = np.cumsum(self.sizes) - self.sizes
        self.has_peers: Bools = np.bincount(self.sizes)[self.sizes] > 1
        self.fixed = sorted(units.rooms)
        self.has_peers[self.fixed] = False
        people = [person for unit in units.members for person in unit]
        self.labels = [_numbered([each.labels[person] for person in people]) for each in groupings]
        self.weights = [each.weight for each in groupings]
        self._count_costs(room_count)
        self.returns: Ints = np.zeros((room_count, len(rooms)), dtype=np.int64)
        self._watch_foes(units.conflicts)

    def _count_costs(self, room_count: int) -> None:
        alone = sum(self.weights)
        costs: Ints = np.zeros((room_count, int(self.sizes.sum())), dtype=np.int64)
        for labels, weight in zip(self.labels, self.weights, strict=True):
            costs += weight * self._counts(labels, room_count)[labels].T
        self.costs: Ints = np.add.reduceat(costs, self.starts, axis=1)
        self.own: Ints = self.costs[self.room, self.units]
        self.cost = (int(self.own.sum()) - alone * len(costs[0])) // 2
        self.among_themselves: Ints = np.full(len(self.room), alone, dtype=np.int64)
        for unit in np.flatnonzero(self.sizes > 1).tolist():
            self.among_themselves[unit] = self._ties(unit)[unit]

    def _watch_foes(self, conflicts: Sequence[set[int]]) -> None:
        """Count for each room and unit whom it must not meet there."""
        self.foes = {unit: sorted(foes) for unit, foes in enumerate(conflicts) if foes}
        self.foes_there: Ints = np.zeros(self.costs.shape if self.foes else (0, 0), dtype=np.int64)
        for unit, foes in self.foes.items():
            self.foes_there[self.room[unit], foes] += 1

    def run(self, goal: int) -> list[int]:
        """Swap until the goal is reached, or nothing better came for a while."""
        best, best_cost, best_step = self.room.copy(), self.cost, 0
        worth_moving: list[int] = []
        looks = 0
        for step in range(1, STEPS + 1):
            if best_cost <= goal or step - best_step > PATIENCE:
                break
            if not worth_moving or step % REFRESH == 0:
                worth_moving = self._worth_moving(crowded=looks % CROWDED == 0)
                looks += 1
                if not worth_moving:
                    break
            self._step(worth_moving.pop(), step, best_cost)
            if self.cost < best_cost:
                best, best_cost, best_step = self.room.copy(), self.cost, step
        found: list[int] = best.tolist()
        return found

    def _counts(self, labels: Ints, room_count: int) -> Ints:
        """How many people with each label are in each room."""
        cells = labels * room_count + np.repeat(self.room, self.sizes)
        counts = np.bincount(cells, minlength=(int(labels.max()) + 1) * room_count)
        return counts.reshape(-1, room_count)

    def _worth_moving(self, *, crowded: bool) -> list[int]:
        """Units that might move, in random order; none if all labels are even.

        Mostly those that would be better off elsewhere, which gets nearer to the bound than
        crowded labels alone; but these it may miss, where a heavier label speaks against any move.
        """
        candidates = self._crowded() & self.has_peers
        if not crowded and candidates.any():
            better_off = self.costs.min(axis=0) + self.among_themselves < self.own
            better_off &= self.has_peers
            candidates = better_off if better_off.any() else candidates
        order: list[int] = np.flatnonzero(candidates).tolist()
        self.rng.shuffle(order)
        return order

    def _crowded(self) -> Bools:
        """Units in a room with at least two more of a label of theirs than in another room."""
        crowded = np.zeros(int(self.sizes.sum()), dtype=np.bool_)
        room = np.repeat(self.room, self.sizes)
        for labels in self.labels:
            counts = self._counts(labels, len(self.costs))
            crowded |= counts[labels, room] > counts.min(axis=1)[labels] + 1
        units: Bools = np.logical_or.reduceat(crowded, self.starts)
        return units

    def _step(self, unit: int, step: int, best_cost: int) -> None:
        """Swap a unit with its best partner, unless that makes things much worse."""
        ties = self._ties(unit)
        change = self._changes(unit, ties)
        tabu = (self.returns[self.room[unit]] > step) | (self.returns[:, unit][self.room] > step)
        change[tabu & (self.cost + change >= best_cost)] = NEVER
        least = int(change.min())
        if least > UPHILL:
            return
        partners = np.flatnonzero(change == least)
        partner = int(partners[self.rng.randrange(len(partners))])
        for each in (unit, partner):
            self.returns[self.room[each], each] = step + TENURE + self.rng.randrange(TENURE)
        self.cost += least
        self._swap(unit, partner, ties - self._ties(partner))

    def _ties(self, unit: int) -> Ints:
        """What it costs each unit to share a room with this one."""
        ties: Ints = np.zeros(int(self.sizes.sum()), dtype=np.int64)
        start, size = int(self.starts[unit]), int(self.sizes[unit])
        for labels, weight in zip(self.labels, self.weights, strict=True):
            if size == 1:
                ties += weight * (labels == labels[start])
            else:
                ties += (
                    weight * np.bincount(labels[start : start + size], minlength=len(ties))[labels]
                )
        by_unit: Ints = np.add.reduceat(ties, self.starts)
        return by_unit

    def _changes(self, unit: int, ties: Ints) -> Ints:
        """The change of cost by a swap with each other unit; NEVER where it must not be."""
        here = self.room[unit]
        change: Ints = self.costs[:, unit][self.room] + self.costs[here] - self.own - 2 * ties
        change += self.among_themselves + int(self.among_themselves[unit] - self.own[unit])
        change[(self.room == here) | (self.sizes != self.sizes[unit])] = NEVER
        change[self.fixed] = NEVER
        if self.foes:
            change[self._meets_foes(unit)] = NEVER
        return change

    def _meets_foes(self, unit: int) -> Bools:
        """With whom it cannot swap, for somebody else whom one of both must not meet there."""
        each_other: Ints = np.zeros(len(self.room), dtype=np.int64)
        each_other[self.foes.get(unit, [])] = 1  # who leaves as the other one comes
        there, here = self.foes_there[:, unit][self.room], self.foes_there[self.room[unit]]
        met: Bools = (there > each_other) | (here > each_other)
        return met

    def _swap(self, unit: int, partner: int, ties: Ints) -> None:
        """Change rooms; `ties` is what follows the unit, less what follows its partner."""
        here, there = int(self.room[unit]), int(self.room[partner])
        self.costs[here] -= ties
        self.costs[there] += ties
        self.room[unit], self.room[partner] = there, here
        self.own = self.costs[self.room, self.units]
        for each, left, entered in ((unit, here, there), (partner, there, here)):
            foes = self.foes.get(each)
            if foes:
                self.foes_there[left, foes] -= 1
                self.foes_there[entered, foes] += 1


def _numbered(labels: Sequence[Hashable | None]) -> Ints:
    """Small numbers for labels; whoever has none gets a number of their own."""
    numbers: dict[Hashable, int] = {}
    distinct = (object() if label is None else label for label in labels)
    return np.array([numbers.setdefault(label, len(numbers)) for label in distinct], dtype=np.int64)
