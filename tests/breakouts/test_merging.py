"""Rooms by municipality: small ones are merged with neighbours, and the merge can be seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.breakouts.engine.merging import MunicipalityInfo, MunicipalityRoom, merge_by_municipality
from app.breakouts.engine.problem import ImpossibleInput, Person

AACHEN = MunicipalityInfo("aachen", "Aachen", "NRW", "west")
BONN = MunicipalityInfo("bonn", "Bonn", "NRW", "west")
COLOGNE = MunicipalityInfo("cologne", "Köln", "NRW", "rhine")
MAINZ = MunicipalityInfo("mainz", "Mainz", "RLP", "west")
HALLE = MunicipalityInfo("halle", "Halle", "ST", "east")
ALL = [AACHEN, BONN, COLOGNE, MAINZ, HALLE]


def crowd(**counts):
    """So many people from each municipality."""
    return [
        Person(f"{municipality}{number}", municipality)
        for municipality, count in counts.items()
        for number in range(count)
    ]


def from_state(state, *ids):
    return [Person(each, state=state) for each in ids]


def shown(rooms):
    return [(room.municipalities, room.states, len(room.people), room.why) for room in rooms]


def test_each_municipality_with_enough_people_has_its_own_room():
    rooms = merge_by_municipality(crowd(bonn=3, aachen=4), ALL)
    assert rooms == [
        MunicipalityRoom(("aachen",), (), ("aachen0", "aachen1", "aachen2", "aachen3"), None),
        MunicipalityRoom(("bonn",), (), ("bonn0", "bonn1", "bonn2"), None),
    ]


def test_a_small_municipality_joins_the_smallest_of_its_cluster_even_in_another_state():
    rooms = merge_by_municipality(crowd(aachen=2, bonn=5, cologne=3, mainz=4), ALL)
    assert shown(rooms) == [
        (("aachen", "mainz"), (), 6, "cluster"),
        (("bonn",), (), 5, None),
        (("cologne",), (), 3, None),
    ]


def test_without_a_neighbour_in_its_cluster_it_joins_the_smallest_of_its_state():
    rooms = merge_by_municipality(crowd(aachen=5, bonn=4, cologne=1), ALL)
    assert shown(rooms) == [
        (("aachen",), (), 5, None),
        (("bonn", "cologne"), (), 5, "state"),
    ]


def test_merging_goes_on_until_the_room_is_large_enough():
    rooms = merge_by_municipality(crowd(aachen=1, mainz=1, cologne=4), ALL)
    assert shown(rooms) == [(("aachen", "mainz", "cologne"), (), 6, "state")]


def test_close_ties_are_used_before_loose_ones():
    rooms = merge_by_municipality(crowd(halle=1, aachen=2, bonn=2, cologne=3), ALL)
    assert shown(rooms)[0] == (("aachen", "bonn"), (), 4, "cluster")


def test_what_has_no_neighbours_meets_in_a_common_room():
    north = MunicipalityInfo("kiel", "Kiel", "SH", "north")
    rooms = merge_by_municipality(crowd(halle=2, kiel=1, bonn=3), [*ALL, north])
    assert shown(rooms) == [(("bonn",), (), 3, None), (("halle", "kiel"), (), 3, "common")]


def test_nobody_is_left_alone_while_there_is_another_room():
    rooms = merge_by_municipality(crowd(halle=1, bonn=3, cologne=4), ALL)
    assert shown(rooms) == [
        (("bonn", "halle"), (), 4, "common"),
        (("cologne",), (), 4, None),
    ]


def test_the_only_room_may_be_small():
    assert shown(merge_by_municipality(crowd(halle=1), ALL)) == [(("halle",), (), 1, None)]
    assert merge_by_municipality([], ALL) == []


def test_people_without_a_municipality_meet_by_state_and_else_in_a_common_room():
    people = [
        *from_state("NRW", "a", "b", "c"),
        *from_state("RLP", "d", "e", "f"),
        *from_state(None, "g", "h", "i"),
    ]
    assert merge_by_municipality(people, ALL) == [
        MunicipalityRoom((), ("NRW",), ("a", "b", "c"), "state"),
        MunicipalityRoom((), ("RLP",), ("d", "e", "f"), "state"),
        MunicipalityRoom((), (), ("g", "h", "i"), "common"),
    ]


def test_a_small_state_room_joins_the_smallest_municipality_of_that_state():
    people = crowd(bonn=4, cologne=3) + from_state("NRW", "a")
    assert shown(merge_by_municipality(people, ALL)) == [
        (("bonn",), (), 4, None),
        (("cologne",), ("NRW",), 4, "state"),
    ]


def test_leftovers_go_to_the_common_room_rather_than_to_a_settled_one():
    people = crowd(bonn=3, halle=1) + from_state(None, "a", "b", "c", "d")
    assert shown(merge_by_municipality(people, ALL)) == [
        (("bonn",), (), 3, None),
        (("halle",), (), 5, "common"),
    ]


def test_an_unknown_municipality_is_named():
    with pytest.raises(ImpossibleInput, match="'p' is from an unknown municipality: 'atlantis'"):
        merge_by_municipality([Person("p", "atlantis")], ALL)


def test_a_person_listed_twice_is_named():
    with pytest.raises(ImpossibleInput, match="person 'p' is listed twice"):
        merge_by_municipality([Person("p"), Person("p")], ALL)


TOWNS = st.lists(
    st.tuples(st.sampled_from(["NRW", "RLP", None]), st.sampled_from(["west", "east", None])),
    max_size=8,
).map(lambda ties: [MunicipalityInfo(n, f"Town {n}", *each) for n, each in enumerate(ties)])


@st.composite
def present(draw):
    towns = draw(TOWNS)
    homes = st.sampled_from([town.id for town in towns]) | st.none() if towns else st.none()
    states = st.sampled_from(["NRW", "ST", None])
    origins = draw(st.lists(st.tuples(homes, states), max_size=30))
    return [Person(1_000 + n, *origin) for n, origin in enumerate(origins)], towns


@given(present(), st.integers(1, 5))
def test_everybody_is_in_one_room_and_no_room_is_too_small_but_an_only_one(given_, minimum):
    people, towns = given_
    rooms = merge_by_municipality(people, towns, minimum)
    assert sorted(p for room in rooms for p in room.people) == [person.id for person in people]
    assert all(len(room.people) >= minimum for room in rooms) or len(rooms) == 1
    assert rooms == merge_by_municipality(people, towns, minimum)


@given(present(), st.integers(1, 5))
def test_each_municipality_stays_whole_and_every_merge_has_a_reason(given_, minimum):
    people, towns = given_
    rooms = merge_by_municipality(people, towns, minimum)
    listed = [each for room in rooms for each in room.municipalities]
    assert sorted(listed) == sorted({p.municipality for p in people} - {None})
    municipality = {person.id: person.municipality for person in people}
    for room in rooms:
        homes = {municipality[person] for person in room.people}
        assert homes - {None} == set(room.municipalities)
        assert (room.why is None) == (len(homes) == 1 and None not in homes)
