"""Rooms made as even as they can be where not everybody may be in every room."""

from collections import deque
from collections.abc import Collection, Mapping, MutableMapping
from typing import TypeVar

from app.breakouts.engine.problem import Id

Key = TypeVar("Key", int, str)


def even_out(
    where: MutableMapping[Id, Key],
    may_be_in: Mapping[Id, Collection[Key]],
    sizes: MutableMapping[Key, int],
    capacities: Mapping[Key, int | None],
) -> None:
    """Move the people of `where` until no rooms are more even; `sizes` counts everybody in a room.

    A chain of moves takes one from a room and adds one to another that has two fewer at least. When
    there is none left, the sum of the squared sizes is least (shortest augmenting paths for convex
    separable costs: Ahuja, Magnanti, Orlin, Network Flows, 1993, chapter 14).
    """
    while chain := _chain(where, may_be_in, sizes, capacities):
        for person, room in chain:
            sizes[where[person]] -= 1
            sizes[room] += 1
            where[person] = room


def _chain(
    where: Mapping[Id, Key],
    may_be_in: Mapping[Id, Collection[Key]],
    sizes: Mapping[Key, int],
    capacities: Mapping[Key, int | None],
) -> list[tuple[Id, Key]]:
    """Who moves where, the last move first, so that two rooms become more even; [] if none do."""
    ways: dict[Key, dict[Key, Id]] = {room: {} for room in sizes}
    for person, room in where.items():
        for other in may_be_in[person]:
            ways[room].setdefault(other, person)
    for start in sorted(sizes, key=lambda room: -sizes[room]):
        came: dict[Key, tuple[Key, Id] | None] = {start: None}
        queue = deque([start])
        while queue:
            room = queue.popleft()
            if sizes[room] <= sizes[start] - 2 and _has_seat(sizes[room], capacities[room]):
                return _moves(came, room)
            for other, person in ways[room].items():
                if other not in came:
                    came[other] = room, person
                    queue.append(other)
    return []


def _has_seat(size: int, capacity: int | None) -> bool:
    return capacity is None or size < capacity


def _moves(came: Mapping[Key, tuple[Key, Id] | None], end: Key) -> list[tuple[Id, Key]]:
    moves = []
    while (step := came[end]) is not None:
        room, person = step
        moves.append((person, end))
        end = room
    return moves
