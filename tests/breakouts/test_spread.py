"""Many who are spread over rooms at once are where they would be if they came one by one."""

import math

from hypothesis import given
from hypothesis import strategies as st

from app.breakouts.engine.placing import place, spread
from app.breakouts.engine.problem import Person, Room

TOWNS = (None, "A", "B", "C")
ROOMS = (1, 2, 3, 4)


@st.composite
def halls(draw):
    people = [Person(id, draw(st.sampled_from(TOWNS))) for id in range(draw(st.integers(1, 14)))]
    cut = draw(st.integers(0, len(people)))
    inside = {room: [] for room in ROOMS}
    for person in people[:cut]:
        inside[draw(st.sampled_from(ROOMS))].append(person)
    capacities = {room: draw(st.none() | st.integers(1, 4)) for room in ROOMS}
    excluded = {
        person.id: draw(st.sets(st.sampled_from(ROOMS), max_size=4))
        for person in people[cut:]
        if draw(st.booleans())
    }
    return people[cut:], inside, capacities, excluded


def one_by_one(people, inside, capacities, excluded):
    """As those are placed who come late."""
    inside, where = {room: list(there) for room, there in inside.items()}, {}
    for person in people:
        rooms = [room for room in ROOMS if room not in excluded.get(person.id, ())] or ROOMS
        over = {r: len(inside[r]) + 1 - (capacities[r] or math.inf) for r in rooms}
        least = max(0, min(over.values()))  # where all are full, the one that is least too full
        free = [Room(room) for room in rooms if over[room] <= least]
        where[person.id] = place(person, free, inside)
        inside[where[person.id]].append(person)
    return where


@given(halls())
def test_it_is_as_if_they_came_one_by_one(hall):
    people, inside, capacities, excluded = hall
    where = spread(people, inside, capacities=capacities, excluded=excluded)
    assert where == one_by_one(people, inside, capacities, excluded)


@given(halls())
def test_nobody_is_where_they_may_not_be_while_there_is_another_room(hall):
    people, inside, capacities, excluded = hall
    where = spread(people, inside, capacities=capacities, excluded=excluded)
    assert where.keys() == {person.id for person in people}
    for person in people:
        theirs = excluded.get(person.id, set())
        assert where[person.id] not in theirs or theirs == set(ROOMS)
