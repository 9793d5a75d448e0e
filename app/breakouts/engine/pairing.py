"""An assignment that keeps the pairs which can be kept: the older ones before the newer ones.

Pure: people, rooms and pairs, in; who goes where and which pairs are left out, out.
"""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic

from app.breakouts.engine.assignment import Plan, plan
from app.breakouts.engine.problem import Id, ImpossibleInput, Person, Room
from app.breakouts.engine.seating import can_sit
from app.breakouts.engine.units import SelfConflict, units


@dataclass(frozen=True)
class Tie(Generic[Id]):
    """Two people who are to share a room, or not to."""

    first: Id
    second: Id
    together: bool


def plan_keeping(
    people: Sequence[Person[Id]],
    rooms: Sequence[Room[Id]],
    ties: Sequence[Tie[Id]],
    *,
    seed: int,
    history: Sequence[Mapping[Id, Id]] = (),
    places: Mapping[Id, Id] | None = None,
) -> tuple[Plan[Id], list[Tie[Id]]]:
    """The assignment, and which pairs it leaves out since the older ones make them impossible.

    So do few seats, and the rooms that some people are to be in.
    """
    kept = possible(ties, Hall.of(people, rooms, places or {}))
    while True:
        together, apart = split(kept)
        try:
            made = plan(
                people,
                rooms,
                seed=seed,
                history=history,
                together=together,
                apart=apart,
                places=places,
            )
        except ImpossibleInput:
            if not kept:
                raise
            kept = kept[: len(kept) // 2]  # all can be kept, but no search has found how
            continue
        known = set(kept)
        return made, [tie for tie in ties if tie not in known]


@dataclass(frozen=True)
class Hall(Generic[Id]):
    """How many people each room takes (None: all of them), and who is to be in which of them."""

    seats: Sequence[int | None]
    places: Mapping[Id, int] = field(default_factory=dict)

    @classmethod
    def of(
        cls, people: Sequence[Person[Id]], rooms: Sequence[Room[Id]], places: Mapping[Id, Id]
    ) -> "Hall[Id]":
        """The hall of these rooms; a limit that so many people never reach is none."""
        position = {room.id: number for number, room in enumerate(rooms)}
        seats = [c if c is not None and c < len(people) else None for c in _capacities(rooms)]
        return cls(seats, {person: position[room] for person, room in places.items()})

    @property
    def is_scarce(self) -> bool:
        """Whether rooms can be full, so that pairs who share nobody are in each other's way."""
        return any(most is not None for most in self.seats)


def _capacities(rooms: Sequence[Room[Id]]) -> list[int | None]:
    return [room.capacity for room in rooms]


def possible(ties: Sequence[Tie[Id]], hall: Hall[Id]) -> list[Tie[Id]]:
    """The pairs, oldest first, without each one that cannot be kept beside those before it."""
    if is_possible(ties, hall):
        return list(ties)
    kept: list[Tie[Id]] = []
    for tie in ties:
        kept.append(tie)
        if not is_possible(kept if hall.is_scarce else _linked(tie, kept), hall):
            kept.pop()
    return kept


def split(ties: Sequence[Tie[Id]]) -> tuple[list[tuple[Id, Id]], list[tuple[Id, Id]]]:
    """Who is kept together, and who apart."""
    together = [(tie.first, tie.second) for tie in ties if tie.together]
    return together, [(tie.first, tie.second) for tie in ties if not tie.together]


def _linked(tie: Tie[Id], others: Sequence[Tie[Id]]) -> list[Tie[Id]]:
    """Those that hang together with this pair, itself among them, through people they share."""
    found: list[Tie[Id]] = []
    people, size = {tie.first, tie.second}, 0
    while len(people) > size:
        size = len(people)
        found = [each for each in others if each.first in people or each.second in people]
        people |= {id for each in found for id in (each.first, each.second)}
    return found


def is_possible(ties: Sequence[Tie[Id]], hall: Hall[Id]) -> bool:
    """Whether all these pairs can be kept in the rooms, however uneven they become.

    Where no room can be full, those with a place who are in no pair are in nobody's way.
    """
    bound = {id for tie in ties for id in (tie.first, tie.second)}
    ids = sorted(bound | hall.places.keys() if hall.is_scarce else bound)
    index = {id: number for number, id in enumerate(ids)}
    together, apart = (
        [(index[first], index[second]) for first, second in pairs] for pairs in split(ties)
    )
    try:
        held = {index[id]: room for id, room in hall.places.items() if id in index}
        tied = units(len(ids), together, apart, held)
    except SelfConflict:
        return False
    seats = [len(ids) if most is None else min(most, len(ids)) for most in hall.seats]
    return can_sit(seats, tied, random.Random(0))
