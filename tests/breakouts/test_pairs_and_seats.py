"""Where pairs and seats are in each other's way: what of both goes first."""

from datetime import timedelta

import pytest

from app.breakouts.actions import placing
from app.breakouts.models import Bond, Pair, Room, Round
from app.breakouts.planning.balancing import better_balance
from app.database import locked, now, transaction
from app.events.models import Event, Participant
from tests.breakouts.plans import plan
from tests.breakouts.rounds import come, sizes, start, where

THREE = "Hall\nSeminar room\nOffice"
TOO_FULL = "More people than seats would be"


def goes_away(*ids: int) -> None:
    """They are away from now on."""
    with transaction() as session:
        for id in ids:
            session.get_one(Participant, id).present_until = now() - timedelta(minutes=5)


def bind(event: Event, bond: Bond, *pairs: tuple[int, int]) -> None:
    """These pairs are to be together in all rounds, or apart."""
    with transaction() as session:
        for first, second in map(sorted, pairs):
            session.add(
                Pair(event_id=event.id, round_id=None, bond=bond, first_id=first, second_id=second)
            )


def teams(event: Event, count: int, size: int) -> list[list[int]]:
    """So many have come, in teams of this size that belong together."""
    people = [person.id for person in come(event, count)]
    groups = [people[at : at + size] for at in range(0, count, size)]
    bind(event, Bond.TOGETHER, *((group[0], other) for group in groups for other in group[1:]))
    return groups


def torn(round_: Round, groups: list[list[int]]) -> list[list[int]]:
    """The teams that are not all in one room."""
    rooms = where(round_)
    return [group for group in groups if len({rooms[id] for id in group}) > 1]


def over(round_: Round) -> list[int]:
    """How many more people than seats are in each room."""
    return [size - room.capacity for size, room in zip(sizes(round_), round_.rooms, strict=True)]


def late(event: Event) -> int:
    """Somebody who has joined and gone away before the rooms open."""
    (person,) = come(event)
    goes_away(person.id)
    return person.id


def comes(round_: Round, id: int) -> int | None:
    """The room into which somebody comes late."""
    with transaction() as session:
        placing.settle_in(locked(Round, round_.id), session.get_one(Participant, id), True)
    return where(round_)[id]


def people_of(round_: Round, *rooms: int) -> list[int]:
    """Who is in these rooms."""
    return [id for id, room in where(round_).items() if room in rooms]


def test_the_only_free_seat_beside_a_foe_is_not_taken_while_another_room_has_none(event):
    come(event, 11)
    plan(event, topics=THREE, capacity="4")
    latecomer = late(event)
    round_ = start(event, "Round 1")
    free = round_.rooms[sizes(round_).index(3)].id
    bind(event, Bond.APART, (people_of(round_, free)[0], latecomer))
    assert comes(round_, latecomer) != free


def test_where_all_rooms_are_full_a_fuller_one_without_a_foe_goes_first(event):
    come(event, 7)
    plan(event, topics=THREE, room_seats="1:1 2:2 3:2")
    latecomer = late(event)
    round_ = start(event, "Round 1")
    assert sorted(over(round_)) == [0, 1, 1]
    least = round_.rooms[over(round_).index(0)].id
    bind(event, Bond.APART, *((id, latecomer) for id in people_of(round_, least)))
    assert comes(round_, latecomer) not in (None, least)


def test_with_foes_everywhere_it_is_the_free_seat(event):
    come(event, 11)
    plan(event, topics=THREE, capacity="4")
    latecomer = late(event)
    round_ = start(event, "Round 1")
    free = round_.rooms[sizes(round_).index(3)].id
    bind(event, Bond.APART, *((id, latecomer) for id in list(where(round_))))
    assert comes(round_, latecomer) == free


def test_a_room_that_is_full_by_the_common_number_takes_a_partner(event):
    come(event, 11)
    plan(event, topics=THREE, capacity="4")
    latecomer = late(event)
    round_ = start(event, "Round 1")
    full = round_.rooms[sizes(round_).index(4)].id
    bind(event, Bond.TOGETHER, (people_of(round_, full)[0], latecomer))
    assert comes(round_, latecomer) == full


def test_a_room_that_is_full_by_its_own_number_takes_no_partner_while_seats_are_free(event):
    come(event, 8)
    plan(event, topics="Hall\nOffice", room_seats="2:3")
    latecomer = late(event)
    round_ = start(event, "Round 1")
    hall, office = (room.id for room in round_.rooms)
    assert sizes(round_) == [5, 3]
    bind(event, Bond.TOGETHER, (people_of(round_, office)[0], latecomer))
    assert comes(round_, latecomer) == hall


def test_where_all_rooms_are_full_partners_are_together(event):
    come(event, 7)
    plan(event, topics=THREE, room_seats="1:1 2:2 3:2")
    latecomer = late(event)
    round_ = start(event, "Round 1")
    fullest = round_.rooms[over(round_).index(1)].id
    bind(event, Bond.TOGETHER, (people_of(round_, fullest)[0], latecomer))
    assert comes(round_, latecomer) == fullest


@pytest.mark.parametrize(("people", "size", "most"), [(6, 2, 3), (12, 3, 4)])
def test_pairs_weigh_more_than_the_common_number_and_the_preview_names_the_fuller_room(
    event, moderator, people, size, most
):
    groups = teams(event, people, size)
    round_ = plan(event, topics="Hall\nOffice", capacity=str(most))
    page = moderator.get(f"/rounds/{round_.id}/preview").text
    assert TOO_FULL in page
    assert "would not hold now" not in page
    round_ = start(event, "Round 1")
    assert torn(round_, groups) == []
    assert max(sizes(round_)) > most


def test_where_pairs_fit_in_no_room_gets_more_than_the_common_number(event, moderator):
    groups = teams(event, 8, 2)
    round_ = plan(event, topics="Hall\nOffice", capacity="4")
    assert TOO_FULL not in moderator.get(f"/rounds/{round_.id}/preview").text
    round_ = start(event, "Round 1")
    assert (torn(round_, groups), sizes(round_)) == ([], [4, 4])


def test_pairs_that_no_room_could_keep_make_none_fuller(event, moderator):
    first, second, *_others = [person.id for person in come(event, 6)]
    bind(event, Bond.TOGETHER, (first, second))
    round_ = plan(event, topics="Hall\nOffice", capacity="3")
    for id, room in ((first, 1), (second, 2)):
        form = {"person": id, "part": "facilitator", "room": room}
        assert moderator.post(f"/rounds/{round_.id}/nominations", form).status_code == 303
    assert TOO_FULL not in moderator.get(f"/rounds/{round_.id}/preview").text
    assert sizes(start(event, "Round 1")) == [3, 3]


def test_a_rooms_own_number_weighs_more_than_pairs(event, moderator):
    groups = teams(event, 6, 2)
    round_ = plan(event, topics="Hall\nOffice", room_seats="1:3 2:3")
    page = moderator.get(f"/rounds/{round_.id}/preview").text
    assert "would not hold now" in page
    assert TOO_FULL not in page
    round_ = start(event, "Round 1")
    assert len(torn(round_, groups)) == 1
    assert sizes(round_) == [3, 3]


def test_pairs_make_a_room_of_the_common_number_fuller_rather_than_one_of_its_own(event):
    groups = teams(event, 6, 2)
    plan(event, topics="Hall\nOffice", capacity="3", room_seats="1:3")
    round_ = start(event, "Round 1")
    assert torn(round_, groups) == []
    assert sizes(round_) == [2, 4]


def test_seats_of_those_who_are_away_are_taken_from_nobody_to_even_rooms_out(event, moderator):
    come(event, 8)
    plan(event, topics="Hall\nOffice", room_seats="1:4 2:4")
    round_ = start(event, "Round 1")
    hall, office = (room.id for room in round_.rooms)
    gone = people_of(round_, hall)
    goes_away(*gone)
    assert better_balance(round_) == []
    assert "Even them out" not in moderator.get(f"/e/{event.code}/cockpit").text
    with transaction() as session:
        session.get_one(Room, hall).capacity = 5
    (move,) = better_balance(round_)
    assert (move.source, move.target) == (office, hall)
    assert "Even them out" in moderator.get(f"/e/{event.code}/cockpit").text


def test_a_number_that_rooms_share_leaves_none_empty_whose_people_are_away(event, moderator):
    come(event, 8)
    plan(event, topics="Hall\nOffice", capacity="4")
    round_ = start(event, "Round 1")
    hall, office = (room.id for room in round_.rooms)
    goes_away(*people_of(round_, hall))
    moves = better_balance(round_)
    assert [(move.source, move.target) for move in moves] == [(office, hall)] * 2
    assert "Even them out" in moderator.get(f"/e/{event.code}/cockpit").text
