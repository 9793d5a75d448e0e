"""An assignment that has some people in certain rooms, and spreads some evenly over all rooms.

Pure. What is to be spread is said in pairs, the last of all; what moderators say of rooms comes
before their pairs. Nobody is left out: where seats are missing, rooms get more of them.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

from app.breakouts.engine.assignment import Plan
from app.breakouts.engine.pairing import Hall, Tie, is_possible, plan_keeping, possible
from app.breakouts.engine.problem import Id, Person, Room
from app.breakouts.engine.seats import seating_all


def plan_spreading(
    people: Sequence[Person[Id]],
    rooms: Sequence[Room[Id]],
    ties: Sequence[Tie[Id]],
    *,
    seed: int,
    history: Sequence[Mapping[Id, Id]] = (),
    places: Mapping[Id, Id],
    groups: Sequence[Sequence[Id]] = (),
) -> tuple[Plan[Id], list[Tie[Id]]]:
    """The assignment, and which of the pairs it leaves out.

    `places` holds the room of those who are to be in a certain one; of each group there are as
    many in one room as in another, or one more, as far as rooms and pairs let them.
    """
    rooms = seating_all(rooms, len(people), places)
    hall = Hall.of(people, rooms, places)
    held = possible(ties, hall)
    kept = held + parting(groups, held, hall)
    made, left_out = plan_keeping(people, rooms, kept, seed=seed, history=history, places=places)
    return made, [tie for tie in ties if tie not in held or tie in left_out]


def _apart(people: Sequence[Id]) -> list[Tie[Id]]:
    return [Tie(first, second, False) for first, second in combinations(people, 2)]


def parting(groups: Sequence[Sequence[Id]], held: list[Tie[Id]], hall: Hall[Id]) -> list[Tie[Id]]:
    """The pairs that spread each group over the rooms, beside those that hold anyway.

    As many as there are rooms go one to each, and so do as many again.
    """
    rooms = len(hall.seats)
    fews = [group[at : at + rooms] for group in groups for at in range(0, len(group), rooms)]
    ties = [tie for few in fews for tie in _apart(few)]
    if is_possible(held + ties, hall):
        return ties
    parted: list[Tie[Id]] = []
    for group in groups:
        parted += _parting_one_by_one(group, held + parted, hall)
    return parted


def _parting_one_by_one(group: Sequence[Id], held: list[Tie[Id]], hall: Hall[Id]) -> list[Tie[Id]]:
    """Where other pairs are in the way, each joins the first few whom they can be parted from."""
    fews: list[list[Id]] = []
    ties: list[Tie[Id]] = []
    for person in group:
        for few in fews:
            more = [Tie(each, person, False) for each in few]
            if len(few) < len(hall.seats) and is_possible(held + ties + more, hall):
                few.append(person)
                ties += more
                break
        else:
            fews.append([person])
    return ties
