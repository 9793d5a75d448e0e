"""Rooms made even again by few moves, where some who were placed have not come.

Pure: who is present in which room, in; who should move where, out.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

from app.breakouts.engine.problem import Id, Person
from app.breakouts.engine.seats import with_seats


@dataclass(frozen=True)
class Move(Generic[Id]):
    """Somebody who would go from one room into another."""

    person: Id
    source: Id
    target: Id


def rebalance(
    inside: Mapping[Id, Sequence[Person[Id]]],
    capacities: Mapping[Id, int | None],
    movable: Collection[Id],
    history: Sequence[Mapping[Id, Hashable]] = (),
) -> list[Move[Id]]:
    """The fewest moves after which sizes differ by one at most, as far as people may be moved.

    Of those who may move go those who bring the fewest together who have in common what people are
    mixed by, and the fewest who have met in an earlier round of `history`.
    """
    rooms = {room: list(people) for room, people in inside.items()}
    wanted = _wanted(rooms, capacities)
    moves: list[Move[Id]] = []
    while move := _next_move(rooms, wanted, movable, history):
        (person,) = (each for each in rooms[move.source] if each.id == move.person)
        rooms[move.source].remove(person)
        rooms[move.target].append(person)
        moves.append(move)
        movable = [id for id in movable if id != move.person]
    return moves


def is_uneven(rooms: Collection[tuple[int, int | None]]) -> bool:
    """Whether rooms could be more even, by how many are in each and how many seats it has."""
    free = [size for size, seats in rooms if seats is None or size < seats]
    over = [(size - seats, size) for size, seats in rooms if seats is not None]
    most = max((too_many for too_many, size in over if size), default=0)
    if not free:  # then each is to have as many too many
        return most - min(over, default=(0, 0))[0] > 1
    return most > 0 or max(size for size, _seats in rooms) - min(free) > 1


def _wanted(
    rooms: Mapping[Id, Sequence[Person[Id]]], capacities: Mapping[Id, int | None]
) -> dict[Id, int]:
    """How many each room should have: as even as can be, the odd ones where most are already."""
    wanted = dict.fromkeys(rooms, 0)

    def rank(room: Id) -> tuple[int, int]:
        most = capacities.get(room)
        if most is not None and wanted[room] >= most:  # all are full, and as much too full
            return 0, most - len(rooms[room])
        return wanted[room], -len(rooms[room])

    for _ in range(sum(map(len, rooms.values()))):
        wanted[min(with_seats(rooms, wanted, capacities), key=rank)] += 1
    return wanted


def _next_move(
    rooms: Mapping[Id, Sequence[Person[Id]]],
    wanted: Mapping[Id, int],
    movable: Collection[Id],
    history: Sequence[Mapping[Id, Hashable]],
) -> Move[Id] | None:
    """The best move out of a room that is too full into one that is not full enough."""
    may = set(movable)
    sources = [room for room in rooms if len(rooms[room]) > wanted[room]]
    targets: list[Id] = [room for room in rooms if len(rooms[room]) < wanted[room]]
    for source in sorted(sources, key=lambda room: wanted[room] - len(rooms[room])):
        people = [person for person in rooms[source] if person.id in may]
        now, then = _Company(rooms[source], history), [_Company(rooms[t], history) for t in targets]
        found = [
            (company.of(person) - now.of(person), Move(person.id, source, target))
            for person in people
            for target, company in zip(targets, then, strict=True)
        ]
        if found:
            return min(found, key=lambda pair: pair[0])[1]
    return None


class _Company(Generic[Id]):
    """How many others of a room are like somebody, or were with them in an earlier round."""

    def __init__(
        self, people: Sequence[Person[Id]], history: Sequence[Mapping[Id, Hashable]]
    ) -> None:
        self._ids: set[Id] = {person.id for person in people}
        self._labels: Counter[tuple[int, Hashable]] = Counter(
            label for person in people for label in enumerate(person.mixed_by)
        )
        self._met: list[tuple[Mapping[Id, Hashable], Counter[Hashable]]] = [
            (earlier, Counter(earlier.get(person.id) for person in people)) for earlier in history
        ]

    def of(self, person: Person[Id]) -> int:
        """How many that are, leaving out themselves."""
        labels = enumerate(person.mixed_by)
        counts = [self._labels[label] for label in labels if label[1] is not None]
        rooms = [(earlier.get(person.id), met) for earlier, met in self._met]
        counts += [met[room] for room, met in rooms if room is not None]
        return sum(counts) - (len(counts) if person.id in self._ids else 0)
