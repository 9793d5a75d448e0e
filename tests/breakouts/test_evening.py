"""Rooms are as even as can be, though not everybody may be in every room."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.breakouts.engine.evening import even_out

ROOMS = (1, 2, 3)


def squares(sizes):
    return sum(size * size for size in sizes)


def sizes_of(rooms, fixed):
    return [fixed[room] + rooms.count(room) for room in ROOMS]


@given(
    may=st.lists(st.sets(st.sampled_from(ROOMS), min_size=1), min_size=1, max_size=6),
    fixed=st.fixed_dictionaries({room: st.integers(0, 4) for room in ROOMS}),
    capacities=st.fixed_dictionaries({room: st.sampled_from((None, 2, 4)) for room in ROOMS}),
    data=st.data(),
)
def test_no_other_way_is_more_even(may, fixed, capacities, data):
    where = {n: data.draw(st.sampled_from(sorted(rooms))) for n, rooms in enumerate(may)}
    before = sizes_of(list(where.values()), fixed)
    sizes = dict(zip(ROOMS, before, strict=True))
    even_out(where, dict(enumerate(may)), sizes, capacities)

    assert all(where[person] in rooms for person, rooms in enumerate(may))
    after = sizes_of(list(where.values()), fixed)
    assert list(sizes.values()) == after
    limits = [
        99 if capacities[room] is None else max(size, capacities[room])
        for room, size in zip(ROOMS, before, strict=True)
    ]
    possible = (sizes_of(rooms, fixed) for rooms in product(*map(sorted, may)))
    least = min(
        squares(each)
        for each in possible
        if all(size <= limit for size, limit in zip(each, limits, strict=True))
    )
    assert squares(after) == least


def test_two_who_must_swap_through_a_third_room():
    where = {"a": 1, "b": 1, "c": 2}
    sizes = {1: 2, 2: 1, 3: 0}
    even_out(where, {"a": [1, 2], "b": [1], "c": [2, 3]}, sizes, dict.fromkeys(ROOMS))
    assert (where, sizes) == ({"a": 2, "b": 1, "c": 3}, {1: 1, 2: 1, 3: 1})
