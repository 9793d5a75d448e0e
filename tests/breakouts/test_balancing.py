"""Rooms are evened out with the fewest moves, and those move who know the fewest."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from app.breakouts.engine.balancing import rebalance
from app.breakouts.engine.problem import Person

ROOMS = st.lists(st.integers(0, 9), min_size=1, max_size=6)


def filled(sizes, towns=lambda number: None):
    """Rooms of these sizes; people are numbered through."""
    people = iter(range(sum(sizes)))
    return {
        room: [
            Person(number, towns(number)) for _, number in zip(range(size), people, strict=False)
        ]
        for room, size in enumerate(sizes)
    }


def after(inside, moves):
    where = {person.id: room for room, people in inside.items() for person in people}
    for move in moves:
        assert where[move.person] == move.source
        where[move.person] = move.target
    counts = Counter(where.values())
    return [counts[room] for room in inside]


@given(ROOMS)
def test_sizes_differ_by_one_at_most_after_the_fewest_moves(sizes):
    inside = filled(sizes)
    moves = rebalance(inside, {}, range(sum(sizes)))
    even = after(inside, moves)
    assert max(even) - min(even) <= 1
    few, odd = divmod(sum(sizes), len(sizes))
    wanted = sorted([few + 1] * odd + [few] * (len(sizes) - odd))
    fewest = sum(max(0, a - b) for a, b in zip(sorted(sizes), wanted, strict=True))
    assert len(moves) == fewest
    assert len({move.person for move in moves}) == len(moves)


@given(ROOMS, st.data())
def test_who_may_not_move_stays_and_no_room_is_overfilled(sizes, data):
    inside = filled(sizes)
    movable = data.draw(st.sets(st.integers(0, max(0, sum(sizes) - 1))))
    seats = {room: data.draw(st.none() | st.integers(0, 9)) for room in inside}
    moves = rebalance(inside, seats, movable)
    assert {move.person for move in moves} <= movable
    for room, size in enumerate(after(inside, moves)):
        seat = seats[room]
        total = sum(sizes)
        enough = (
            all(s is None for s in seats.values())
            or sum(total if s is None else s for s in seats.values()) >= total
        )
        assert not enough or seat is None or size <= max(seat, sizes[room])


def test_even_rooms_are_left_alone():
    assert rebalance(filled([3, 4, 3]), {}, range(10)) == []


def test_who_goes_meets_fewest_of_their_town_and_of_earlier_rounds():
    towns = {0: "a", 1: "d", 2: "b", 3: "c", 4: "a"}
    inside = {1: [Person(n, towns[n]) for n in range(4)], 2: [Person(4, "a")]}
    (move,) = rebalance(inside, {}, range(4))
    assert move.person in (1, 2, 3)
    met = [{1: 7, 4: 7, 2: 9, 3: 8}]
    (move,) = rebalance(inside, {}, range(4), met)
    assert move.person in (2, 3)


def test_who_is_among_their_own_rather_goes():
    inside = {1: [Person(1, "a"), Person(2, "a"), Person(3, "b")], 2: []}
    inside[2] = [Person(4, "c")]
    (move,) = rebalance(inside | {1: [*inside[1], Person(5, "d")]}, {}, range(1, 6))
    assert move.person in (1, 2)
