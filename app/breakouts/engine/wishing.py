"""Seats by wishes: as many wishes as the seats allow, the first ones first."""

import random
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.breakouts.engine.problem import Id

# What it costs to get the first, second or third wish, or none: three third wishes are better than
# one person without any, and two second wishes better than a third one beside a first.
COSTS = (0, 1, 3)
NONE = 10


def fulfil(
    wishes: Mapping[Id, Sequence[Id]], seats: Mapping[Id, int | None], *, seed: int
) -> dict[Id, Id]:
    """The room of everybody who gets a wish fulfilled; who is missing gets none of theirs.

    No other way costs less. `seats` says how many are free in a room, None for any number; of
    people with the same wishes chance decides, which is the seed's.
    """
    people = sorted(wishes)
    random.Random(seed).shuffle(people)
    scarce = _scarce(wishes.values(), seats)
    elsewhere = {person: _best_elsewhere(wishes[person], seats, scarce) for person in people}
    columns = [room for room in sorted(scarce) for _seat in range(scarce[room])]
    found = _cheapest(
        [[_cost(wishes[person], room) for room in sorted(scarce)] for person in people],
        [scarce[room] for room in sorted(scarce)],
        [elsewhere[person][0] for person in people],
    )
    placed = {}
    for person, column in zip(people, found, strict=True):
        room = columns[column] if column < len(columns) else elsewhere[person][1]
        if room is not None:
            placed[person] = room
    return placed


def _scarce(wishes: Iterable[Sequence[Id]], seats: Mapping[Id, int | None]) -> dict[Id, int]:
    """The rooms that more people wish for than they have seats, with these."""
    wanted: dict[Id, int] = {}
    for rooms in wishes:
        for room in rooms[: len(COSTS)]:
            wanted[room] = wanted.get(room, 0) + 1
    free = {room: seats.get(room, 0) for room in wanted}
    return {room: left for room, left in free.items() if left is not None and left < wanted[room]}


def _best_elsewhere(
    wished: Sequence[Id], seats: Mapping[Id, int | None], scarce: Mapping[Id, int]
) -> tuple[int, Id | None]:
    """The best wish for a room that never is full, and what it costs; or none at all."""
    for cost, room in zip(COSTS, wished, strict=False):
        if room in seats and room not in scarce:
            return cost, room
    return NONE, None


def _cost(wished: Sequence[Id], room: Id) -> int:
    """What it costs somebody to be in a room; one that they have not named is out of question."""
    ranks = dict(zip(wished[: len(COSTS)], COSTS, strict=False))
    return ranks.get(room, 2 * NONE)


def _cheapest(
    costs: Sequence[Sequence[int]], seats: Sequence[int], elsewhere: Sequence[int]
) -> list[int]:
    """The seat of each person; the number behind the last seat stands for elsewhere.

    What is saved most against elsewhere costs least; who saves nothing is as well off there.
    """
    from scipy.optimize import linear_sum_assignment  # only where it computes

    people = len(costs)
    if not people:
        return []
    of_rooms: NDArray[np.int64] = np.array(costs, dtype=np.int64).reshape(people, -1)
    saved = np.maximum(0, np.array(elsewhere, dtype=np.int64)[:, None] - of_rooms)
    of_seats = np.repeat(saved, seats, axis=1)
    rows, columns = linear_sum_assignment(of_seats, maximize=True)
    found = np.full(people, of_seats.shape[1])
    worth = of_seats[rows, columns] > 0
    found[rows[worth]] = columns[worth]
    return [int(seat) for seat in found]
