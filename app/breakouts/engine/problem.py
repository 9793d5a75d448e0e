"""What an assignment is asked for, and what is plainly impossible about it."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Id = TypeVar("Id", int, str)


class ImpossibleInput(ValueError):
    """The input cannot be met or is not sound; the message names in one line what is wrong."""


@dataclass(frozen=True)
class Person(Generic[Id]):
    """Somebody to be placed; without a municipality they make no pairs.

    `further` holds what else people are to be mixed by, the same for everybody; None is nothing.
    Who has a room already, and has gone away, is not here.
    """

    id: Id
    municipality: Hashable | None = None
    state: str | None = None
    further: tuple[Hashable | None, ...] = ()
    is_here: bool = True

    @property
    def mixed_by(self) -> tuple[Hashable | None, ...]:
        """All that they are to be mixed by, the most important first."""
        return self.municipality, *self.further


@dataclass(frozen=True)
class Room(Generic[Id]):
    """A room and how many people it takes (None: any number)."""

    id: Id
    capacity: int | None = None


def check(
    people: Sequence[Person[Id]],
    rooms: Sequence[Room[Id]],
    together: Sequence[tuple[Id, Id]],
    apart: Sequence[tuple[Id, Id]],
    places: Mapping[Id, Id],
) -> None:
    """Raise ImpossibleInput for what can be seen without searching: ids, capacities, counts.

    Earlier rounds are not looked at: whoever was there and has left since meets nobody again.
    """
    check_unique("person", (person.id for person in people))
    check_unique("room", (room.id for room in rooms))
    known = {person.id for person in people}
    for pair in together:
        _check_known("the pairs to keep together", pair, known)
    for pair in apart:
        _check_known("the pairs to keep apart", pair, known)
    _check_known("the rooms that people are to be in", places, known)
    open_to = {room.id for room in rooms}
    for room_id in places.values():
        if room_id not in open_to:
            raise ImpossibleInput(f"unknown room {room_id!r} that somebody is to be in")
    _check_capacity(len(people), rooms)


def check_unique(kind: str, ids: Iterable[Hashable]) -> None:
    """Raise ImpossibleInput for the first id that stands twice."""
    seen: set[Hashable] = set()
    for each in ids:
        if each in seen:
            raise ImpossibleInput(f"{kind} {each!r} is listed twice")
        seen.add(each)


def _check_known(where: str, ids: Iterable[Hashable], known: set[Id]) -> None:
    for each in ids:
        if each not in known:
            raise ImpossibleInput(f"unknown person {each!r} in {where}")


def _check_capacity(people: int, rooms: Sequence[Room[Id]]) -> None:
    for room in rooms:
        if room.capacity is not None and room.capacity < 0:
            raise ImpossibleInput(f"room {room.id!r} has a negative capacity: {room.capacity}")
    if people and not rooms:
        raise ImpossibleInput(f"{people} people, but no room")
    seats = sum(people if room.capacity is None else room.capacity for room in rooms)
    if people > seats:
        raise ImpossibleInput(f"{people} people, but the rooms take only {seats}")
