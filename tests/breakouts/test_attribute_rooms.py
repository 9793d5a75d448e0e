"""Rooms by state or function: neighbours share, large groups are split, late-comers find theirs."""

from app.breakouts import actions
from app.database import transaction
from app.realtime import View
from tests.breakouts.plans import come_as, plan
from tests.breakouts.rounds import come, room_of, sizes, start, where


def titles(round_):
    return [room.title for room in round_.rooms]


def test_each_state_has_its_room_wherever_it_was_typed(event, municipality):
    come(event, 3, municipality("Hessenstadt", state="Hessen"))
    come(event, 2, state=" hessen")
    come(event, 3, state="Bayern")
    plan(event, mode="state")
    round_ = start(event, "Round 1")
    assert dict(zip(titles(round_), sizes(round_), strict=True)) == {"Bayern": 3, "Hessen": 5}


def test_few_people_of_a_state_join_their_declared_neighbours_and_all_see_it(event, join):
    come(event, 3, state="Hessen")
    come(event, 4, state="Bayern")
    come(event, 5, state="Bremen")
    few = come(event, 2, state="Thüringen")
    plan(event, mode="state", neighbours="Thüringen, Bayern\nBremen, Hamburg")
    round_ = start(event, "Round 1")
    assert titles(round_) == ["Bayern · Thüringen", "Bremen", "Hessen"]
    assert {room_of(round_, person).why for person in few} == {"cluster"}
    visitor = join(event)
    page = visitor.get(f"/rooms/{where(round_)[visitor.participant_id]}").text
    assert "fewer than three people of one state" in page


def test_without_neighbours_few_people_are_gathered_rather_than_left_alone(event):
    come(event, 1, state="Hessen")
    come(event, 2, state="Bremen")
    come(event, 4, state="Bayern")
    plan(event, mode="state")
    round_ = start(event, "Round 1")
    assert dict(zip(titles(round_), sizes(round_), strict=True)) == {
        "Bayern": 4,
        "Bremen · Hessen": 3,
    }


def test_who_comes_later_goes_to_their_state_or_its_neighbours(event, hear):
    come(event, 4, state="Hessen")
    come(event, 3, state="Bayern")
    plan(event, mode="state", neighbours="Hessen, Thüringen")
    round_ = start(event, "Round 1")
    bavaria, hesse = round_.rooms
    inside = hear(event, View.ROOM, source=hesse.channel)
    (own,) = come(event, 1, state="hessen")
    (neighbour,) = come(event, 1, state="Thüringen")
    (stranger,) = come(event, 1, state="Bremen")
    assert room_of(round_, own).id == room_of(round_, neighbour).id == hesse.id
    assert room_of(round_, stranger).id == bavaria.id
    assert hesse.title == "Hessen · Thüringen"
    assert "Hessen · Thüringen" in inside.html


def test_each_function_has_its_room_and_guests_the_common_one(event, account):
    for number in range(3):
        come_as(event, account(f"m{number}@example.org", function="Midwife"))
        come_as(event, account(f"c{number}@example.org", function=" coordinator "))
    guests = come(event, 3)
    plan(event, mode="function")
    round_ = start(event, "Round 1")
    assert titles(round_) == ["Midwife", "coordinator", ""]
    assert {room_of(round_, guest).why for guest in guests} == {"common"}
    late = come_as(event, account("late@example.org", function="MIDWIFE"))
    assert room_of(round_, late).title == "Midwife"
    (guest,) = come(event)
    assert room_of(round_, guest).title == ""


def test_with_nobody_present_the_first_to_come_opens_a_room(event, account):
    plan(event, mode="function")
    round_ = start(event, "Round 1")
    first = come_as(event, account("first@example.org", function="Midwife"))
    assert room_of(round_, first).title == "Midwife"
    assert room_of(round_, first).functions == ["Midwife"]


def test_a_large_group_is_split_evenly_and_says_which_part_it_is(event, municipality):
    large, small = municipality("Großstadt"), municipality("Kleinstadt", cluster="2")
    come(event, 10, large)
    come(event, 4, small)
    plan(event, mode="municipality", capacity="4")
    round_ = start(event, "Round 1")
    assert dict(zip(titles(round_), sizes(round_), strict=True)) == {
        "Großstadt 1/3": 4,
        "Großstadt 2/3": 3,
        "Großstadt 3/3": 3,
        "Kleinstadt": 4,
    }
    (late,) = come(event, 1, large)
    assert room_of(round_, late).title == "Großstadt 2/3"


def test_parts_of_a_large_group_are_mixed_by_what_is_left_to_mix_by(event, municipality):
    east, west = municipality("Oststadt", state="Hessen"), municipality("Weststadt", state="Hessen")
    come(event, 4, east)
    come(event, 4, west)
    plan(event, mode="state", capacity="4", mix="state", mix_also="municipality")
    round_ = start(event, "Round 1")
    assert sizes(round_) == [4, 4]
    inside = where(round_)
    from_east = [person.id for person in come_from(event, east)]
    for room in round_.rooms:
        assert sum(inside[id] == room.id for id in from_east) == 2


def come_from(event, municipality):
    from app.breakouts.queries import placeable

    return [p for p in placeable(event.id) if p.municipality_id == municipality.id]


def test_the_part_of_a_large_group_that_has_free_seats_takes_who_comes_late(event, municipality):
    town = municipality("Altdorf")
    come(event, 7, town)
    plan(event, "Round 3", mode="municipality", capacity="4")
    round_ = start(event, "Round 3")
    assert sizes(round_) == [4, 3]
    with transaction():
        small = actions.hold_room(round_.rooms[1].id)
        actions.change_room(small, actions.Said(small.title, 3), actions.Said.of(small))
    come(event, 1, town)
    assert sizes(round_) == [5, 3]
    with transaction():
        large = actions.hold_room(round_.rooms[0].id)
        actions.change_room(large, actions.Said(large.title, 5), actions.Said.of(large))
    come(event, 1, town)
    assert sizes(round_) == [5, 4]
