"""Rooms with seats of their own: nobody is left out, and each is filled as far as it goes."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.breakouts.engine.assignment import plan
from app.breakouts.engine.balancing import is_uneven, rebalance
from app.breakouts.engine.pairing import Tie
from app.breakouts.engine.placing import spread
from app.breakouts.engine.problem import ImpossibleInput, Person, Room
from app.breakouts.engine.seats import seating_all, with_seats
from app.breakouts.engine.spreading import plan_spreading

SEATS = st.one_of(st.none(), st.integers(1, 12))


def persons(count):
    return [Person(id, id % 3) for id in range(count)]


def rooms_of(*seats):
    return [Room(number, most) for number, most in enumerate(seats)]


def sizes(assignment, rooms):
    counted = Counter(assignment.values())
    return [counted[room.id] for room in rooms]


def planned(people, seats, places=None, ties=(), groups=()):
    made, left_out = plan_spreading(
        persons(people), rooms_of(*seats), ties, seed=1, places=places or {}, groups=groups
    )
    return made.assignment, left_out


@settings(max_examples=30)  # each searches for a while, since it is not even
@given(st.data(), st.lists(SEATS, min_size=1, max_size=5), st.integers(1, 30))
def test_everybody_sits_and_who_has_a_room_is_there(data, seats, people):
    ids = list(range(people))
    wanted = st.dictionaries(st.sampled_from(ids), st.integers(0, len(seats) - 1), max_size=8)
    places = data.draw(wanted)
    leaders = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=4))
    pairs = data.draw(st.lists(st.tuples(*[st.sampled_from(ids)] * 2, st.booleans()), max_size=4))
    ties = [Tie(*pair) for pair in pairs if pair[0] != pair[1]]
    assignment, left_out = planned(people, seats, places, ties, [leaders])
    assert assignment.keys() == set(ids)
    assert {id: assignment[id] for id in places} == places
    taken = Counter(places.values())
    limits = [most if most is None else max(most, taken[at]) for at, most in enumerate(seats)]
    full = sizes(assignment, rooms_of(*seats))
    if None in limits or sum(limits) >= people:
        assert all(most is None or size <= most for size, most in zip(full, limits, strict=True))
    else:
        assert all(size >= most for size, most in zip(full, limits, strict=True))
    for tie in set(ties) - set(left_out):
        assert (assignment[tie.first] == assignment[tie.second]) is tie.together


@settings(max_examples=30)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=6), st.integers(1, 80))
def test_too_many_are_as_many_too_many_in_each_room(seats, people):
    assignment, _ = planned(people, seats)
    over = [
        size - most for size, most in zip(sizes(assignment, rooms_of(*seats)), seats, strict=True)
    ]
    if people > sum(seats):
        assert min(over) >= 0
        assert max(over) - min(over) <= 1
    else:
        assert max(over) <= 0


def test_a_hall_takes_what_the_seminar_rooms_do_not():
    assignment, _ = planned(60, [40, 12, 12])
    assert sizes(assignment, rooms_of(40, 12, 12)) == [36, 12, 12]
    assert sizes(planned(30, [40, 12, 12])[0], rooms_of(1, 1, 1)) == [10, 10, 10]


def test_who_is_for_the_small_room_is_there_and_it_stays_small():
    """Names of rooms cannot be changed in the end where rooms are unlike."""
    assignment, _ = planned(40, [30, 12, 4], places={0: 2, 1: 2, 2: 0}, groups=[[0, 1, 2, 3]])
    assert [assignment[id] for id in (0, 1, 2)] == [2, 2, 0]
    assert sizes(assignment, rooms_of(30, 12, 4)) == [24, 12, 4]


def test_pairs_for_which_a_room_is_too_small_go_elsewhere_or_are_passed_over():
    together = [Tie(0, 1, True), Tie(1, 2, True)]
    assignment, left_out = planned(8, [2, 6], ties=together)
    assert not left_out
    assert assignment[0] == assignment[1] == assignment[2] == 1
    assignment, left_out = planned(6, [2, 2, 2], ties=together)
    assert left_out == [together[1]]
    assert assignment[0] == assignment[1]


def test_more_are_prepared_for_a_room_than_it_has_seats_and_the_others_go_elsewhere():
    assignment, _ = planned(10, [2, 20], places=dict.fromkeys(range(4), 0))
    assert sizes(assignment, rooms_of(2, 20)) == [4, 6]


def test_a_room_that_is_none_and_two_rooms_at_once_are_refused():
    with pytest.raises(ImpossibleInput, match="unknown room 7"):
        plan(persons(2), rooms_of(None), seed=1, places={0: 7})
    with pytest.raises(ImpossibleInput, match="0 and 1 are kept together, in two rooms"):
        plan(persons(2), rooms_of(None, None), seed=1, places={0: 0, 1: 1}, together=[(0, 1)])


def test_whoever_has_a_room_makes_the_least_unknown():
    made = plan(persons(4), rooms_of(None, None), seed=1, places={0: 1})
    assert made.figures.same_municipality_pairs.bound is None
    assert made.figures.same_municipality_pairs.reason == "somebody is to be in a certain room"


def test_one_after_the_other_goes_where_the_fewest_are_too_many():
    inside = {0: [Person(id) for id in range(4)], 1: [Person(id) for id in range(10, 12)]}
    more = [Person(id) for id in range(20, 26)]
    placed = spread(more, inside, capacities={0: 4, 1: 2})
    assert sorted(Counter(placed.values()).items()) == [(0, 3), (1, 3)]


def test_rooms_are_evened_out_as_far_as_their_seats_go():
    inside = {0: [Person(id) for id in range(2)], 1: [Person(id) for id in range(10, 20)]}
    moves = rebalance(inside, {0: 4, 1: 20}, list(range(20)))
    assert len(moves) == 2
    assert not rebalance(inside, {0: 2, 1: 20}, list(range(20)))


def test_of_full_rooms_the_least_full_take_one_more():
    sizes_ = {"hall": 41, "seminar": 12, "small": 7}
    assert with_seats(sizes_, sizes_, {"hall": 40, "seminar": 12, "small": 5}) == ["seminar"]
    assert with_seats(sizes_, sizes_, {"hall": 50, "seminar": None, "small": 5}) == [
        "hall",
        "seminar",
    ]


def test_as_many_seats_are_added_as_are_missing():
    assert seating_all(rooms_of(40, 12), 50, {}) == rooms_of(40, 12)
    assert seating_all(rooms_of(40, 12), 55, {}) == rooms_of(42, 13)
    assert seating_all(rooms_of(2, 12), 20, dict.fromkeys(range(5), 0)) == rooms_of(5, 15)


def evened_out(rooms):
    """Who would move between rooms with so many people and seats."""
    everybody = iter(persons(100))
    inside = {at: [next(everybody) for _ in range(size)] for at, (size, _) in enumerate(rooms)}
    return rebalance(inside, {at: seats for at, (_, seats) in enumerate(rooms)}, range(100))


@pytest.mark.parametrize(
    ("rooms", "uneven"),
    [
        ([], False),
        ([(5, None), (4, None)], False),
        ([(6, None), (4, None)], True),
        ([(20, 40), (12, 12)], False),
        ([(20, 40), (11, 12)], True),
        ([(12, 40), (13, 12)], True),
        ([(42, 40), (13, 12)], False),
        ([(8, 4), (4, 4)], True),
        ([(5, 4), (4, 4)], False),
        ([(2, 0), (4, 4)], True),
        ([(1, -1), (4, 4)], True),
    ],
)
def test_a_room_that_is_full_makes_no_others_uneven(rooms, uneven):
    assert is_uneven(rooms) is uneven
    assert bool(evened_out(rooms)) is uneven


@given(st.lists(st.tuples(st.integers(0, 12), st.none() | st.integers(-2, 10)), max_size=5))
def test_rooms_are_uneven_where_somebody_would_move(rooms):
    assert is_uneven(rooms) is bool(evened_out(rooms))
