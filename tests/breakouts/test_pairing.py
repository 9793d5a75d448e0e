"""Pairs that cannot all be kept: the older ones are, and no more are left out than must be."""

from itertools import combinations, product
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from app.breakouts.engine.pairing import Hall, Tie, plan_keeping, possible
from app.breakouts.engine.problem import Person, Room

PEOPLE = range(5)
TIES = st.lists(
    st.builds(
        lambda ids, together: Tie(*ids, together),
        st.sampled_from(list(combinations(PEOPLE, 2))),
        st.booleans(),
    ),
    max_size=8,
    unique=True,
)


def holds(rooms, tie):
    return (rooms[tie.first] == rooms[tie.second]) is tie.together


def oldest_first(ties, rooms):
    """What is kept, found by trying all the ways there are."""
    kept = []
    for tie in ties:
        ways = product(range(rooms), repeat=len(PEOPLE))
        if any(all(holds(way, each) for each in [*kept, tie]) for way in ways):
            kept.append(tie)
    return kept


def kept_in(seats, ties):
    """What is kept where rooms have so many seats, found by trying all the ways there are."""
    kept = []
    for tie in ties:
        bound = {id for each in [*kept, tie] for id in (each.first, each.second)}
        for way in product(range(len(seats)), repeat=len(PEOPLE)):
            inside = [sum(way[id] == room for id in bound) for room in range(len(seats))]
            fits = all(size <= most for size, most in zip(inside, seats, strict=True))
            if fits and all(holds(way, each) for each in [*kept, tie]):
                kept.append(tie)
                break
    return kept


def planned(people, rooms, ties, seed=1):
    persons = [Person(id) for id in range(people)]
    return plan_keeping(persons, [Room(id) for id in range(rooms)], ties, seed=seed)


@given(TIES, st.integers(1, 3), st.integers(0, 20))
def test_only_what_older_pairs_make_impossible_is_left_out(ties, rooms, seed):
    plan, left_out = planned(len(PEOPLE), rooms, ties, seed)
    kept = [tie for tie in ties if tie not in left_out]
    assert kept == oldest_first(ties, rooms)
    assert all(holds(plan.assignment, tie) for tie in kept)


def test_one_pair_that_is_impossible_costs_no_newer_one():
    triangle = [Tie(0, 1, False), Tie(1, 2, False), Tie(0, 2, False)]
    newer = [Tie(number, number + 1, number % 4 == 0) for number in range(4, 34, 2)]
    plan, left_out = planned(60, 2, triangle + newer)
    assert left_out == [Tie(0, 2, False)]
    assert all(holds(plan.assignment, tie) for tie in newer)


def test_many_who_are_all_to_be_apart_are_as_far_as_the_rooms_go():
    ties = [Tie(first, second, False) for first, second in combinations(range(12), 2)]
    kept = possible(ties, Hall([None] * 10))
    assert {(tie.first, tie.second) for tie in set(ties) - set(kept)} == {
        (9, 10),
        (9, 11),
        (10, 11),
    }


@given(TIES, st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_only_what_older_pairs_and_few_seats_make_impossible_is_left_out(ties, seats):
    assert possible(ties, Hall(seats)) == kept_in(seats, ties)


def test_couples_of_whom_rooms_take_only_so_many_are_counted_rather_than_tried_out():
    couples = [Tie(first, first + 1, True) for first in range(0, 498, 2)]
    started = process_time()
    assert possible(couples, Hall([5] * 100)) == couples[:200]
    assert process_time() - started < 4
