"""Seats for those who are in a pair, beside people who sit already, before all others get theirs.

Pure: people, rooms and pairs, in; the rooms of those whom pairs bind, out.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic

from app.breakouts.engine.pairing import Hall, Tie, possible, split
from app.breakouts.engine.placing import spread
from app.breakouts.engine.problem import Id, Person
from app.breakouts.engine.units import units


def seat_all(
    people: Sequence[Person[Id]],
    occupancy: Mapping[Id, list[Person[Id]]],
    ties: Sequence[Tie[Id]],
    *,
    capacities: Mapping[Id, int | None],
    excluded: Mapping[Id, Collection[Id]] | None = None,
) -> tuple[dict[Id, Id], set[Id]]:
    """The rooms of all of these, who sit in them then, and whom pairs have brought there."""
    bound = seat_pairs(people, occupancy, ties, capacities=capacities, excluded=excluded)
    others = _sit_down(people, bound, occupancy)
    found = spread(others, occupancy, capacities=capacities, excluded=excluded)
    _sit_down(others, found, occupancy)
    return bound | found, set(bound)


def _sit_down(
    people: Sequence[Person[Id]], found: Mapping[Id, Id], inside: Mapping[Id, list[Person[Id]]]
) -> list[Person[Id]]:
    """Who of these is still to be seated."""
    for person in people:
        if person.id in found:
            inside[found[person.id]].append(person)
    return [person for person in people if person.id not in found]


def seat_pairs(
    people: Sequence[Person[Id]],
    occupancy: Mapping[Id, Sequence[Person[Id]]],
    ties: Sequence[Tie[Id]],
    *,
    capacities: Mapping[Id, int | None] | None = None,
    excluded: Mapping[Id, Collection[Id]] | None = None,
) -> dict[Id, Id]:
    """The room of each of these who is to be with somebody, or apart from them.

    Whoever can be in the fewest rooms goes first, into that of the fewest people. Those who belong
    together and find no room for all of them go alone; who finds none at all is not named.
    """
    hall = _Hall(people, occupancy, ties, capacities or {}, excluded or {})
    waiting = {group: hall.urgency(group) for group in hall.groups()}
    while waiting:
        group = min(waiting, key=lambda each: waiting[each])
        del waiting[group]
        options = hall.options(group)
        if options:
            hall.seat(group, min(options, key=lambda room: hall.preference(group, room)))
            tied = hall.others(hall.friends, group) | hall.others(hall.foes, group)
            waiting |= {each: hall.urgency(each) for each in waiting if not tied.isdisjoint(each)}
        elif len(group) > 1:
            waiting |= {(person,): hall.urgency((person,)) for person in group}
    return hall.found


@dataclass
class _Hall(Generic[Id]):
    """Who sits where, and who is still to be seated."""

    people: Sequence[Person[Id]]
    occupancy: Mapping[Id, Sequence[Person[Id]]]
    ties: Sequence[Tie[Id]]
    capacities: Mapping[Id, int | None]
    excluded: Mapping[Id, Collection[Id]]
    found: dict[Id, Id] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rooms = self.occupancy.items()
        self.home: dict[Id, Hashable] = {each.id: each.municipality for each in self.people}
        self.where: dict[Id, Id] = {each.id: room for room, inside in rooms for each in inside}
        self.sizes: dict[Id, int] = {room: len(inside) for room, inside in rooms}
        self.homes: dict[Id, Counter[Hashable]] = {
            room: Counter(each.municipality for each in inside) for room, inside in rooms
        }
        theirs = [tie for tie in self.ties if self._binds(tie)]
        together, apart = split(possible(theirs, Hall([None] * len(self.occupancy))))
        self.together: Sequence[tuple[Id, Id]] = together
        self.friends: dict[Id, set[Id]] = partners(together)
        self.foes: dict[Id, set[Id]] = partners(apart)

    def _binds(self, tie: Tie[Id]) -> bool:
        """Whether one of the two is to be seated, and the other one is here, too."""
        ids = {tie.first, tie.second}
        return bool(ids & self.home.keys()) and ids <= self.home.keys() | self.where.keys()

    def groups(self) -> Iterator[tuple[Id, ...]]:
        """Those who are to be seated and belong together, each with all of theirs."""
        ids = sorted(self.friends.keys() | self.foes.keys())
        index = {id: number for number, id in enumerate(ids)}
        pairs = [(index[first], index[second]) for first, second in self.together]
        for members in units(len(ids), pairs, []).members:
            group = tuple(ids[number] for number in members if ids[number] in self.home)
            if group:
                yield group

    def urgency(self, group: tuple[Id, ...]) -> tuple[int, int, tuple[Id, ...]]:
        """The fewer rooms are left and the larger the group, the sooner."""
        return len(self.options(group)), -len(group), group

    def options(self, group: tuple[Id, ...]) -> list[Id]:
        """The rooms in which a group may be: with friends who sit already, if there are any."""
        kept_out = {room for person in group for room in self.excluded.get(person, ())}
        kept_out |= self._rooms_of(self.others(self.foes, group))
        rooms = [r for r in self.sizes if r not in kept_out and self._has_seats(r, len(group))]
        befriended = self._rooms_of(self.others(self.friends, group))
        return [room for room in rooms if room in befriended] or rooms

    def _has_seats(self, room: Id, count: int) -> bool:
        seats = self.capacities.get(room)
        return seats is None or self.sizes[room] + count <= seats

    def others(self, known: Mapping[Id, set[Id]], group: tuple[Id, ...]) -> set[Id]:
        """Whom those of a group know in this way, beside each other."""
        return {other for person in group for other in known.get(person, ())} - set(group)

    def _rooms_of(self, people: Collection[Id]) -> set[Id]:
        return {self.where[person] for person in people if person in self.where}

    def preference(self, group: tuple[Id, ...], room: Id) -> tuple[int, int]:
        """The fewest people, and of those the fewest from the same municipalities."""
        theirs = {self.home[person] for person in group} - {None}
        return self.sizes[room], sum(self.homes[room][home] for home in theirs)

    def seat(self, group: tuple[Id, ...], room: Id) -> None:
        """Let a group sit down."""
        self.sizes[room] += len(group)
        for person in group:
            self.where[person] = self.found[person] = room
            self.homes[room][self.home[person]] += 1


def partners(pairs: Iterable[tuple[Id, Id]]) -> dict[Id, set[Id]]:
    """Whom everybody has in these pairs."""
    known: dict[Id, set[Id]] = {}
    for first, second in pairs:
        known.setdefault(first, set()).add(second)
        known.setdefault(second, set()).add(first)
    return known
