"""Wishes fulfilled: never more people than seats, and no other way costs less."""

import random
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.breakouts.engine.wishing import COSTS, NONE, fulfil

ROOMS = (1, 2, 3)
WISHES = st.dictionaries(
    st.integers(0, 30),
    st.lists(st.sampled_from(ROOMS), min_size=1, max_size=3, unique=True),
    max_size=5,
)
SEATS = st.fixed_dictionaries({room: st.none() | st.integers(0, 3) for room in ROOMS})


def cost(wishes, placed):
    return sum(
        COSTS[rooms.index(placed[person])] if placed.get(person) else NONE
        for person, rooms in wishes.items()
    )


def fits(placed, seats):
    rooms = [room for room in placed.values() if room]
    return all(free is None or rooms.count(room) <= free for room, free in seats.items())


@given(WISHES, SEATS, st.integers(0, 100))
def test_no_other_way_costs_less_and_none_has_more_people_than_seats(wishes, seats, seed):
    placed = fulfil(wishes, seats, seed=seed)
    assert all(room in wishes[person] for person, room in placed.items())
    assert fits(placed, seats)
    ways = product(*([*rooms, None] for rooms in wishes.values()))
    every = (dict(zip(wishes, way, strict=True)) for way in ways)
    assert cost(wishes, placed) == min(cost(wishes, way) for way in every if fits(way, seats))


def test_without_limits_everybody_gets_their_first_wish():
    wishes = {person: [person % 3 + 1, 3 - person % 3] for person in range(50)}
    placed = fulfil(wishes, dict.fromkeys(ROOMS), seed=1)
    assert placed == {person: rooms[0] for person, rooms in wishes.items()}


def test_three_third_wishes_are_better_than_somebody_without_any():
    wishes = {1: [1], 2: [1, 2], 3: [2, 3]}
    assert fulfil(wishes, {1: 1, 2: 1, 3: 1}, seed=1) == {1: 1, 2: 2, 3: 3}


def test_among_equal_wishes_chance_decides_and_the_seed_repeats_it():
    wishes = {person: [1] for person in range(20)}
    lucky = [fulfil(wishes, {1: 5}, seed=seed).keys() for seed in range(10)]
    assert all(len(each) == 5 for each in lucky)
    assert len({frozenset(each) for each in lucky}) > 5
    assert fulfil(wishes, {1: 5}, seed=3).keys() == lucky[3]


def test_nobody_wishes_for_nothing():
    assert fulfil({}, {1: 5}, seed=1) == {}


def test_a_hall_of_two_thousand_fills_every_seat_that_is_wished_for():
    rng = random.Random(1)
    rooms = range(60)
    wishes = {person: rng.sample(rooms, 3) for person in range(2_000)}
    placed = fulfil(wishes, dict.fromkeys(rooms, 33), seed=1)
    taken = [list(placed.values()).count(room) for room in rooms]
    assert max(taken) <= 33
    assert sum(taken) >= 1_970
