"""Who comes one after the other goes where the fewest are, beside those who sit there already."""

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence

from app.breakouts.engine.problem import Id, ImpossibleInput, Person, Room
from app.breakouts.engine.seats import with_seats


def place(
    person: Person[Id],
    rooms: Sequence[Room[Id]],
    occupancy: Mapping[Id, Sequence[Person[Id]]],
    *,
    together: Sequence[tuple[Id, Id]] = (),
    apart: Sequence[tuple[Id, Id]] = (),
) -> Id:
    """The room for a late-comer: where fewest are here, then where fewest have a seat.

    Of several it is the best mixed one, and of equal ones the first. Whoever must be with somebody
    goes to them if there is a seat; nobody goes to whom they are kept apart from. `occupancy` holds
    who has a seat in each room, here or away. ImpossibleInput if no room is left.
    """
    friends, foes = _others(person.id, together), _others(person.id, apart)

    def inside(room: Room[Id]) -> Sequence[Person[Id]]:
        return occupancy.get(room.id, ())

    def preference(room: Room[Id]) -> tuple[int, ...]:
        without_friend = not any(each.id in friends for each in inside(room))
        here: list[Person[Id]] = [each for each in inside(room) if each.is_here]
        return without_friend, len(here), len(inside(room)), *_alike(person, here)

    possible = [
        room
        for room in rooms
        if (room.capacity is None or len(inside(room)) < room.capacity)
        and not any(each.id in foes for each in inside(room))
    ]
    if not possible:
        raise ImpossibleInput(f"no room left for {person.id!r}")
    return min(possible, key=preference).id


def spread(
    people: Sequence[Person[Id]],
    occupancy: Mapping[Id, Sequence[Person[Id]]],
    *,
    capacities: Mapping[Id, int | None] | None = None,
    excluded: Mapping[Id, Collection[Id]] | None = None,
) -> dict[Id, Id]:
    """The room of each of these, as if `place` sent them one after the other, everybody here.

    Who may be in no room is in any; where all those are full, it is one with the fewest too many.
    """
    seats = capacities or {}
    scarce = any(most is not None for most in seats.values())
    sizes = {room: len(inside) for room, inside in occupancy.items()}
    labels: dict[Id, Counter[tuple[int, Hashable]]] = {
        room: Counter(label for each in inside for label in _labels(each))
        for room, inside in occupancy.items()
    }
    where: dict[Id, Id] = {}
    for person in people:
        rooms: Collection[Id] = sizes
        if excluded and person.id in excluded:
            rooms = [room for room in rooms if room not in excluded[person.id]] or rooms
        if scarce:
            rooms = with_seats(rooms, sizes, seats)
        fewest = min(sizes[room] for room in rooms)
        smallest = [room for room in rooms if sizes[room] == fewest]
        mine = _labels(person)
        room = min(smallest, key=lambda room: [labels[room][label] for label in mine])
        where[person.id] = room
        sizes[room] += 1
        labels[room].update(mine)
    return where


def _labels(person: Person[Id]) -> list[tuple[int, Hashable]]:
    """What they are to be mixed by, as far as it is known, each with its rank."""
    return [(at, label) for at, label in enumerate(person.mixed_by) if label is not None]


def _alike(person: Person[Id], others: Sequence[Person[Id]]) -> list[int]:
    """With how many of them somebody shares each of what they are mixed by."""
    return [
        sum(other.mixed_by[at] == label for other in others) if label is not None else 0
        for at, label in enumerate(person.mixed_by)
    ]


def _others(person: Id, pairs: Sequence[tuple[Id, Id]]) -> set[Id]:
    return {b if a == person else a for a, b in pairs if person in (a, b)}
