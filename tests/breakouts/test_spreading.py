"""Those with the same part are spread over the rooms, and some are in rooms of their own."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.breakouts.engine.pairing import Tie, plan_keeping
from app.breakouts.engine.problem import Person, Room
from app.breakouts.engine.spreading import plan_spreading


def planned(people, rooms, ties=(), places=None, groups=(), seed=1):
    persons = [Person(id, id % 4) for id in range(people)]
    plan, left_out = plan_spreading(
        persons,
        [Room(id) for id in range(rooms)],
        list(ties),
        seed=seed,
        places=places or {},
        groups=groups,
    )
    return plan.assignment, left_out


def counts(assignment, ids, rooms):
    counted = Counter(assignment[id] for id in ids)
    return [counted[room] for room in range(rooms)]


def is_even(numbers):
    return max(numbers) - min(numbers) <= 1


@given(st.data(), st.integers(1, 6), st.integers(2, 30))
def test_each_group_and_everybody_are_spread_evenly(data, rooms, people):
    ids = list(range(people))
    facilitators = data.draw(st.lists(st.sampled_from(ids), unique=True))
    others = [id for id in ids if id not in facilitators]
    notes = data.draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    assignment, _ = planned(people, rooms, groups=[facilitators, notes])
    for group in (facilitators, notes, ids):
        assert is_even(counts(assignment, group, rooms))


@given(st.data(), st.integers(2, 5), st.integers(10, 25))
def test_whoever_has_a_room_of_their_own_is_there_and_rooms_stay_even(data, rooms, people):
    ids = list(range(people))
    wanted = st.dictionaries(st.sampled_from(ids), st.integers(0, rooms - 1), max_size=rooms)
    places = data.draw(wanted)
    assignment, _ = planned(people, rooms, places=places)
    assert {id: assignment[id] for id in places} == places
    if max(Counter(places.values()).values(), default=0) <= people // rooms:
        assert is_even(counts(assignment, ids, rooms))


def test_those_without_a_room_of_their_own_go_where_nobody_has_their_part():
    facilitators = list(range(6))
    assignment, _ = planned(24, 6, places={0: 4, 1: 2}, groups=[facilitators])
    assert (assignment[0], assignment[1]) == (4, 2)
    assert counts(assignment, facilitators, 6) == [1] * 6


def test_two_for_one_room_are_both_there_and_the_others_fill_the_rest():
    assignment, _ = planned(12, 3, places={0: 1, 1: 1}, groups=[[0, 1, 2, 3]])
    assert counts(assignment, [0, 1, 2, 3], 3) == [1, 2, 1]
    assert assignment[0] == assignment[1] == 1


def test_pairs_come_before_spreading_and_rooms_before_pairs():
    together, apart = Tie(0, 1, True), Tie(4, 5, False)
    assignment, left_out = planned(
        12, 3, [together, apart], places={4: 2, 5: 2}, groups=[[0, 1, 2]]
    )
    assert assignment[0] == assignment[1] != assignment[2]
    assert assignment[4] == assignment[5] == 2
    assert left_out == [apart]


def test_where_nobody_is_named_it_is_the_plan_it_was():
    persons, rooms = [Person(id, id % 4) for id in range(30)], [Room(id) for id in range(4)]
    ties = [Tie(3, 9, True)]
    before = plan_keeping(persons, rooms, ties, seed=7)
    assert plan_spreading(persons, rooms, ties, seed=7, places={}) == before


@pytest.mark.parametrize("rooms", [20, 60])
def test_a_hall_is_led_in_each_of_its_rooms_and_mixed_no_worse(rooms):
    people, municipalities = 600, 40
    persons = [Person(id, id % municipalities) for id in range(people)]
    seats = [Room(id) for id in range(rooms)]
    without, _ = plan_keeping(persons, seats, [], seed=3)
    groups = [list(range(rooms)), list(range(100, 100 + rooms))]
    plan, _ = plan_spreading(persons, seats, [], seed=3, places={}, groups=groups)
    for group in groups:
        assert counts(plan.assignment, group, rooms) == [1] * rooms
    got = plan.figures.same_municipality_pairs.got
    assert got == without.figures.same_municipality_pairs.got
    assert plan.figures.size_spread <= 1
