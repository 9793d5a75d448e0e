"""Rooms that are full: which one bears one more, and how many seats more there have to be.

Pure. Nobody is left out for want of a seat; rooms get over their limits as evenly as they can.
"""

import heapq
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.breakouts.engine.problem import Id, Room


def with_seats(
    rooms: Iterable[Id], sizes: Mapping[Id, int], seats: Mapping[Id, int | None]
) -> list[Id]:
    """Those of these rooms with a free seat; where all are full, those with the fewest too many."""
    over = {}
    for room in rooms:
        most = seats.get(room)
        over[room] = -1 if most is None else max(-1, sizes[room] - most)
    least = min(over.values(), default=0)
    return [room for room in over if over[room] == least]


def seats_beside(most: int | None, away: int) -> int | None:
    """How many of a room's seats are for those who are here; who is away keeps theirs.

    Below none are those that are missing already.
    """
    return None if most is None else most - away


def seating_all(rooms: Sequence[Room[Id]], people: int, places: Mapping[Id, Id]) -> list[Room[Id]]:
    """The rooms with seats for so many people, and for all of those whose places these are.

    What is missing is added to all rooms alike; who has a place in a room adds to it alone.
    """
    taken = Counter(places.values())
    if any(room.capacity is None for room in rooms):
        missing = 0
    else:
        missing = people - sum(max(room.capacity or 0, taken[room.id]) for room in rooms)
    over = [
        (max(0, taken[room.id] - room.capacity), -room.capacity, position)
        for position, room in enumerate(rooms)
        if room.capacity is not None
    ]
    heapq.heapify(over)
    for _ in range(missing):
        most, capacity, position = over[0]
        heapq.heapreplace(over, (most + 1, capacity, position))
    more = {position: most for most, _capacity, position in over}
    return [
        replace(room, capacity=(room.capacity or 0) + more[position]) if position in more else room
        for position, room in enumerate(rooms)
    ]
