"""Those who are in a pair get their seats before all others, and what can hold does."""

from collections import Counter
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from app.breakouts.engine.keeping import seat_pairs
from app.breakouts.engine.pairing import Tie
from app.breakouts.engine.problem import Person

PEOPLE = range(6)
TIES = st.lists(
    st.builds(
        lambda ids, together: Tie(*ids, together),
        st.sampled_from(list(combinations(PEOPLE, 2))),
        st.booleans(),
    ),
    max_size=5,
    unique_by=lambda tie: (tie.first, tie.second),
)


def seated(waiting, ties, inside=None, **limits):
    """Where those who wait go; `inside` says who sits in which of three rooms already."""
    occupancy = {room: [] for room in "ABC"}
    for person, room in (inside or {}).items():
        occupancy[room].append(Person(person))
    return seat_pairs([Person(id) for id in waiting], occupancy, ties, **limits)


def test_who_is_in_no_pair_is_left_to_others():
    found = seated(range(4), [Tie(0, 1, True)])
    assert set(found) == {0, 1}
    assert seated(range(4), []) == {}


def test_a_pair_with_somebody_who_is_not_there_binds_nobody():
    assert seated([0], [Tie(0, 9, True)]) == {}
    assert seated([0], [Tie(8, 9, True)], {8: "A", 9: "B"}) == {}


def test_who_sits_already_is_joined_and_avoided():
    ties = [Tie(0, 8, True), Tie(1, 9, False)]
    found = seated([0, 1], ties, {8: "A", 7: "A", 9: "B", 6: "C", 5: "C"})
    assert found[0] == "A"
    assert found[1] != "B"


def test_friends_go_where_there_are_seats_for_both():
    found = seated([0, 1], [Tie(0, 1, True)], {9: "A"}, capacities={"A": 3, "B": 1, "C": 1})
    assert found == {0: "A", 1: "A"}


def test_friends_go_alone_where_no_room_takes_both():
    seats = dict.fromkeys("ABC", 1)
    found = seated([0, 1], [Tie(0, 1, True)], capacities=seats)
    assert set(found) == {0, 1}
    assert found[0] != found[1]


def test_a_topic_that_one_of_them_had_is_not_theirs():
    found = seated([0, 1], [Tie(0, 1, True)], excluded={0: {"A"}, 1: {"B"}})
    assert set(found.values()) == {"C"}


def test_whoever_can_be_in_the_fewest_rooms_goes_first():
    found = seated([0, 1], [Tie(0, 1, False)], excluded={1: {"B", "C"}})
    assert found[1] == "A"
    assert found[0] != "A"


def test_of_what_contradicts_itself_the_older_pair_holds():
    ties = [Tie(0, 1, True), Tie(1, 2, True), Tie(0, 2, False)]
    found = seated(range(3), ties)
    assert found[0] == found[1] == found[2]


def test_where_a_foe_is_in_every_room_nobody_is_named():
    ties = [Tie(0, foe, False) for foe in (7, 8, 9)]
    assert seated([0], ties, {7: "A", 8: "B", 9: "C"}) == {}


@given(TIES, st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from("ABC"), max_size=3))
def test_what_all_can_keep_is_kept(ties, inside):
    waiting = [id for id in PEOPLE if id not in inside]
    ways = [dict(zip(waiting, way, strict=True)) for way in product("ABC", repeat=len(waiting))]
    ours = [tie for tie in ties if {tie.first, tie.second} & set(waiting)]

    def keeps(where):
        where = where | inside
        return all((where[tie.first] == where[tie.second]) is tie.together for tie in ours)

    found = seated(waiting, ties, inside)
    if any(map(keeps, ways)):
        bound = [tie for tie in ours if tie.first in found | inside]
        assert {id for tie in ours for id in (tie.first, tie.second)} <= found.keys() | inside
        assert bound == ours
        assert keeps(found)


@given(TIES, st.dictionaries(st.sampled_from("ABC"), st.integers(0, 3)))
def test_no_room_becomes_too_full_and_nobody_has_a_topic_again(ties, seats):
    excluded = {0: {"A"}, 1: {"B", "C"}}
    found = seated(PEOPLE, ties, capacities=seats, excluded=excluded)
    assert all(count <= seats.get(room, 99) for room, count in Counter(found.values()).items())
    assert all(room not in excluded.get(person, ()) for person, room in found.items())
