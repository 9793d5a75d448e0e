"""Assigning people to rooms: everybody once, evenly, mixed, and as the pairs and seats demand."""

import random
from collections import Counter
from itertools import combinations, count, product
from math import comb

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.breakouts.engine.assignment import ImpossibleInput, Person, Plan, Room, plan
from app.breakouts.engine.placing import place, spread

MUNICIPALITIES = st.sampled_from(["m1", "m2", "m3", "m4", None])
SEEDS = st.integers(-5, 1_000)


def people_from(municipalities):
    return [Person(f"p{number}", each) for number, each in enumerate(municipalities)]


def rooms_for(*capacities):
    return [Room(f"r{number}", capacity) for number, capacity in enumerate(capacities)]


PEOPLE = st.lists(MUNICIPALITIES, max_size=40).map(people_from)
FREE_ROOMS = st.integers(1, 8).map(lambda count: rooms_for(*[None] * count))


def sizes(result: Plan[str], rooms):
    taken = Counter(result.assignment.values())
    return [taken[room.id] for room in rooms]


def hall(people, municipalities, seed=1):
    """So many people, from municipalities of unequal size."""
    rng = random.Random(seed)
    weights = [1 / (rank + 1) for rank in range(municipalities)]
    return people_from(rng.choices(range(municipalities), weights, k=people))


def rounds(people, rooms, count):
    plans = []
    for _ in range(count):
        history = [each.assignment for each in plans]
        plans.append(plan(people, rooms, seed=1, history=history))
    return plans


@settings(deadline=None)
@given(PEOPLE, FREE_ROOMS, SEEDS)
def test_everybody_is_in_one_room_and_sizes_differ_by_at_most_one(people, rooms, seed):
    result = plan(people, rooms, seed=seed)
    assert list(result.assignment) == [person.id for person in people]
    assert set(result.assignment.values()) <= {room.id for room in rooms}
    spread = max(sizes(result, rooms)) - min(sizes(result, rooms))
    assert spread == result.figures.size_spread <= 1


@settings(deadline=None)
@given(PEOPLE, FREE_ROOMS, SEEDS, st.data())
def test_the_municipality_bound_is_met_exactly_whatever_came_before(people, rooms, seed, data):
    earlier = st.dictionaries(
        st.sampled_from([person.id for person in people]), st.sampled_from(["r0", "r1", "old"])
    )
    history = data.draw(st.lists(earlier, max_size=3)) if people else []
    figures = plan(people, rooms, seed=seed, history=history).figures
    assert figures.same_municipality_pairs.got == figures.same_municipality_pairs.bound
    assert figures.repeated_meetings.got >= figures.repeated_meetings.bound
    assert figures.size_spread <= 1


@settings(deadline=None, max_examples=60)
@given(PEOPLE, FREE_ROOMS, SEEDS, st.data())
def test_what_else_people_are_mixed_by_never_costs_an_even_size_or_the_first_bound(
    people, rooms, seed, data
):
    labels = data.draw(st.lists(MUNICIPALITIES, min_size=len(people), max_size=len(people)))
    mixed = [
        Person(each.id, each.municipality, further=(label,))
        for each, label in zip(people, labels, strict=True)
    ]
    figures = plan(mixed, rooms, seed=seed).figures
    assert figures.size_spread <= 1
    assert figures.same_municipality_pairs.got == figures.same_municipality_pairs.bound
    further = figures.further_pairs[0] if mixed else None
    assert further is None or further.bound <= further.got


def test_a_hall_is_mixed_by_two_attributes_at_once():
    rng = random.Random(1)
    people = [
        Person(each.id, each.municipality, further=(rng.randrange(12),)) for each in hall(300, 23)
    ]
    figures = plan(people, rooms_for(*[None] * 20), seed=1).figures
    assert figures.same_municipality_pairs.got == figures.same_municipality_pairs.bound
    assert figures.further_pairs[0].got <= figures.further_pairs[0].bound * 1.02
    assert figures.further_pairs[0].random > figures.further_pairs[0].bound * 1.2


@settings(deadline=None)
@given(PEOPLE, FREE_ROOMS, SEEDS)
def test_the_same_seed_gives_the_same_plan_in_whatever_order_people_come(people, rooms, seed):
    result = plan(people, rooms, seed=seed)
    assert plan(people, rooms, seed=seed) == result
    assert plan(people[::-1], rooms, seed=seed).assignment == result.assignment


@settings(deadline=None)
@given(PEOPLE, st.lists(st.integers(0, 12), min_size=1, max_size=8), SEEDS)
def test_no_room_takes_more_than_its_capacity(people, capacities, seed):
    rooms = rooms_for(*capacities)
    if sum(capacities) < len(people):
        with pytest.raises(ImpossibleInput, match=f"the rooms take only {sum(capacities)}"):
            plan(people, rooms, seed=seed)
        return
    got = sizes(plan(people, rooms, seed=seed), rooms)
    assert all(size <= capacity for size, capacity in zip(got, capacities, strict=True))
    with_seats = [size for size, capacity in zip(got, capacities, strict=True) if size < capacity]
    assert max(got) - min(with_seats, default=max(got)) <= 1


@settings(deadline=None)
@given(st.integers(1, 7), st.integers(1, 3), st.data())
def test_pairs_hold_or_are_truly_impossible(count, room_count, data):
    people = people_from(data.draw(st.lists(MUNICIPALITIES, min_size=count, max_size=count)))
    capacities = data.draw(
        st.lists(st.none() | st.integers(1, 5), min_size=room_count, max_size=room_count)
    )
    ids = st.sampled_from([person.id for person in people])
    pairs = st.lists(st.tuples(ids, ids), max_size=5)
    together, apart = data.draw(pairs), data.draw(pairs)
    rooms = rooms_for(*capacities)
    try:
        result = plan(people, rooms, seed=1, together=together, apart=apart)
    except ImpossibleInput:
        choices = product([room.id for room in rooms], repeat=count)
        everyway = (dict(zip([p.id for p in people], way, strict=True)) for way in choices)
        assert not any(holds(way, rooms, together, apart) for way in everyway)
    else:
        assert holds(result.assignment, rooms, together, apart)


def holds(assignment, rooms, together, apart):
    taken = Counter(assignment.values())
    return (
        all(room.capacity is None or taken[room.id] <= room.capacity for room in rooms)
        and all(assignment[a] == assignment[b] for a, b in together)
        and all(assignment[a] != assignment[b] for a, b in apart)
    )


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 1_000), st.integers(0, 6), st.integers(0, 6))
def test_a_few_pairs_in_a_hall_leave_the_rooms_even_and_hold_through_rounds(seed, with_, without):
    rng = random.Random(seed)
    people, rooms = hall(60, 8, seed), rooms_for(*[None] * 6)
    ids = rng.sample([person.id for person in people], 2 * (with_ + without))
    pairs = list(zip(ids[::2], ids[1::2], strict=True))
    together, apart = pairs[:with_], pairs[with_:]
    history = []
    for _ in range(2):
        result = plan(people, rooms, seed=seed, history=history, together=together, apart=apart)
        history.append(result.assignment)
        assert holds(result.assignment, rooms, together, apart)
        assert result.figures.size_spread == 0


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.sampled_from(["m1", "m2", None]), min_size=4, max_size=6).map(people_from),
    st.integers(2, 3),
    SEEDS,
)
def test_small_second_rounds_are_as_good_as_any_even_assignment(people, room_count, seed):
    rooms = rooms_for(*[None] * room_count)
    first = plan(people, rooms, seed=seed).assignment
    figures = plan(people, rooms, seed=seed, history=[first]).figures
    got = (figures.same_municipality_pairs.got, figures.repeated_meetings.got)
    assert got == min(every_even_score(people, rooms, first))


def every_even_score(people, rooms, first):
    for way in product([room.id for room in rooms], repeat=len(people)):
        taken = [way.count(room.id) for room in rooms]
        if max(taken) - min(taken) > 1:
            continue
        met = [
            (a, b)
            for (a, in_a), (b, in_b) in combinations(zip(people, way, strict=True), 2)
            if in_a == in_b
        ]
        yield (
            sum(a.municipality == b.municipality is not None for a, b in met),
            sum(first[a.id] == first[b.id] for a, b in met),
        )


@pytest.mark.parametrize(("people", "rooms", "municipalities"), [(300, 20, 23), (2_000, 60, 80)])
def test_nobody_meets_again_in_three_rounds_where_that_is_possible(people, rooms, municipalities):
    plans = rounds(hall(people, municipalities), rooms_for(*[None] * rooms), 3)
    for each in plans:
        municipality = each.figures.same_municipality_pairs
        assert municipality.got == municipality.bound < municipality.random
        assert each.figures.repeated_meetings.got == 0
    assert plans[2].figures.repeated_meetings.random > 100


def test_a_fourth_round_of_two_thousand_in_sixty_rooms_repeats_at_most_21_meetings():
    last = rounds(hall(2_000, 80), rooms_for(*[None] * 60), 4)[3].figures
    assert last.repeated_meetings.got <= 21
    assert last.same_municipality_pairs.got == last.same_municipality_pairs.bound
    assert last.size_spread <= 1


def test_large_rooms_repeat_no_more_meetings_than_they_must():
    for each in rounds(hall(2_000, 80), rooms_for(*[None] * 6), 4):
        assert each.figures.repeated_meetings.got == each.figures.repeated_meetings.bound


def test_the_random_baseline_is_the_mean_of_many_random_deals():
    people, rooms = hall(30, 4), rooms_for(*[None] * 4)
    expected = plan(people, rooms, seed=1).figures.same_municipality_pairs.random
    rng, counts = random.Random(1), []
    for _ in range(2_000):
        dealt = rng.sample(people, len(people))
        cells = Counter((person.municipality, turn % 4) for turn, person in enumerate(dealt))
        counts.append(sum(comb(count, 2) for count in cells.values()))
    assert expected == pytest.approx(sum(counts) / len(counts), rel=0.02)


def test_people_without_a_municipality_make_no_pairs():
    figures = plan(people_from([None] * 9), rooms_for(None), seed=1).figures
    assert figures.same_municipality_pairs.got == 0
    assert figures.same_municipality_pairs.random == 0


def test_only_people_in_both_rounds_count_as_meeting_again():
    people = people_from([None] * 3)
    figures = plan(people, rooms_for(None), seed=1, history=[{"p0": "a", "p1": "a"}]).figures
    assert (figures.repeated_meetings.got, figures.repeated_meetings.bound) == (1, 1)


def test_ample_capacities_keep_the_bound_and_scarce_ones_give_a_reason():
    people = people_from(["m1"] * 10)
    ample = plan(people, rooms_for(5, 9), seed=1).figures.same_municipality_pairs
    scarce = plan(people, rooms_for(3, 9), seed=1).figures.same_municipality_pairs
    assert (ample.got, ample.bound, ample.reason) == (20, 20, None)
    assert (scarce.got, scarce.bound) == (24, None)
    assert scarce.reason == "a room takes fewer people than an even share"


def test_pairs_take_the_bound_away_and_say_so():
    people = people_from(["m1"] * 4)
    figures = plan(people, rooms_for(None, None), seed=1, apart=[("p0", "p1")]).figures
    assert figures.repeated_meetings.bound is None
    assert figures.repeated_meetings.reason == "pairs are kept together or apart"


def test_a_group_larger_than_an_even_room_makes_the_others_as_even_as_they_can_be():
    people, rooms = people_from([None] * 20), rooms_for(*[None] * 4)
    group = [("p0", f"p{number}") for number in range(1, 8)]
    assert sorted(sizes(plan(people, rooms, seed=1, together=group), rooms)) == [4, 4, 4, 8]


def test_couples_meet_nobody_again_but_each_other():
    people, rooms, history = hall(200, 20), rooms_for(*[None] * 20), []
    couples = [(f"p{number}", f"p{number + 1}") for number in range(0, 40, 2)]
    for _ in range(2):
        result = plan(people, rooms, seed=1, history=history, together=couples)
        history.append(result.assignment)
    assert result.figures.repeated_meetings.got == len(couples)


def test_ids_may_be_numbers():
    people = [Person(10, 1), Person(9, 1)]
    assert sorted(plan(people, [Room(7), Room(8)], seed=1).assignment.values()) == [7, 8]


def test_nobody_and_no_rooms_is_an_empty_plan():
    assert plan([], [], seed=1).assignment == {}


@pytest.mark.parametrize(
    ("input_", "message"),
    [
        ({"people": "aab"}, "person 'a' is listed twice"),
        ({"rooms": rooms_for(None) * 2}, "room 'r0' is listed twice"),
        ({"rooms": []}, "3 people, but no room"),
        ({"rooms": rooms_for(1, 1)}, "3 people, but the rooms take only 2"),
        ({"rooms": rooms_for(None, -1)}, "room 'r1' has a negative capacity: -1"),
        ({"together": [("a", "x")]}, "unknown person 'x' in the pairs to keep together"),
        ({"apart": [("x", "a")]}, "unknown person 'x' in the pairs to keep apart"),
        ({"apart": [("b", "b")]}, "'b' and 'b' are kept both together and apart"),
        (
            {"together": [("a", "b"), ("b", "c")], "apart": [("a", "c")]},
            "'a' and 'c' are kept both together and apart",
        ),
        (
            {"together": [("a", "b")], "rooms": rooms_for(1, 1, 1)},
            "no room left for 'a', 'b' with these capacities and pairs",
        ),
        (
            {"apart": [("a", "b"), ("b", "c"), ("a", "c")]},
            "no room left for '[abc]' with these capacities and pairs",
        ),
    ],
)
def test_what_is_impossible_is_named(input_, message):
    given_ = {"people": "abc", "rooms": rooms_for(None, None)} | input_
    people = [Person(each) for each in given_.pop("people")]
    with pytest.raises(ImpossibleInput, match=f"^{message}$"):
        plan(people, given_.pop("rooms"), seed=1, **given_)


def test_a_late_comer_goes_where_fewest_are_then_where_fewest_are_from_home_then_to_the_first():
    rooms = rooms_for(None, None, None, 0)
    home, away = Person("h", "m1"), Person("a", "m2")
    late = Person("late", "m1")
    assert place(late, rooms, {"r0": [home, away], "r1": [home], "r2": [away]}) == "r2"
    assert place(late, rooms, {"r0": [home], "r1": [away], "r2": [away]}) == "r1"
    assert place(late, rooms, {}) == "r0"


def test_late_comers_without_a_municipality_are_not_taken_for_compatriots():
    here = {"r0": [Person("p1")], "r1": [Person("p2", "m1")]}
    assert place(Person("late"), rooms_for(None, None), here) == "r0"


def test_a_late_comer_follows_their_partner_and_avoids_whom_they_are_kept_from():
    rooms = rooms_for(None, None, 1)
    here = {"r0": [Person("a"), Person("b")], "r1": [Person("c")], "r2": [Person("d")]}
    late = Person("late")
    assert place(late, rooms, here, together=[("b", "late")]) == "r0"
    assert place(late, rooms, here, together=[("late", "d")]) == "r1"
    assert place(late, rooms, here, apart=[("late", "c")]) == "r0"


def test_a_late_comer_finds_no_room_when_all_are_full():
    with pytest.raises(ImpossibleInput, match=r"^no room left for 'late'$"):
        place(Person("late"), rooms_for(1), {"r0": [Person("p1")]})


@settings(deadline=None)
@given(PEOPLE, FREE_ROOMS, st.lists(MUNICIPALITIES, max_size=12))
def test_late_comers_keep_the_sizes_within_one(people, rooms, late):
    result = plan(people, rooms, seed=1)
    occupancy = {room.id: [] for room in rooms}
    for person in people:
        occupancy[result.assignment[person.id]].append(person)
    for number, municipality in enumerate(late):
        person = Person(f"late{number}", municipality)
        occupancy[place(person, rooms, occupancy)].append(person)
        counts = [len(inside) for inside in occupancy.values()]
        assert max(counts) - min(counts) <= 1


@given(
    st.lists(st.sampled_from([None, "A", "B", "C"]), max_size=25),
    st.lists(st.lists(st.sampled_from([None, "A", "B"]), max_size=4), min_size=1, max_size=5),
)
def test_many_are_spread_as_if_they_came_one_after_the_other(people, rooms):
    ids = count()
    inside = {room: [Person(next(ids), home) for home in homes] for room, homes in enumerate(rooms)}
    waiting = [Person(next(ids), home) for home in people]
    where = spread(waiting, inside)
    for person in waiting:
        assert where[person.id] == place(person, [Room(room) for room in inside], inside)
        inside[where[person.id]].append(person)


def test_who_left_after_an_earlier_round_meets_nobody_again():
    people = [Person("a"), Person("b")]
    figures = plan(
        people, [Room("r0")], seed=1, history=[{"a": "r9", "b": "r9", "left": "r9"}]
    ).figures
    assert figures.repeated_meetings.got == figures.repeated_meetings.bound == 1
