"""A full room has a line: whoever has waited longest gets the seat that becomes free."""

import pytest
from sqlalchemy import select

from app.breakouts import actions
from app.breakouts.models import Round, SeatWanted
from app.database import locked, transaction
from app.extensions import db
from app.realtime import View
from tests.breakouts.plans import end_choosing, plan
from tests.breakouts.rounds import room_of, start, where


@pytest.fixture
def full(event, join):
    """A round with one seat in each room, and who sits in the first of them."""
    sitting = join(event, "Sina Sitting")
    plan(event, "Round 1", mode="self_select", capacity="1")
    round_ = start(event, "Round 1")
    choose(sitting, round_, round_.rooms[0])
    return round_, sitting


def choose(visitor, round_, room):
    return visitor.post(f"/rounds/{round_.id}/me", {"room": room.id})


def wait(visitor, room):
    return visitor.post(f"/rooms/{room.id}/line")


def waiting():
    return [each.participant_id for each in db.session.scalars(select(SeatWanted))]


def test_a_full_room_offers_to_wait_and_says_so_afterwards(event, full, join):
    round_, _sitting = full
    late = join(event)
    assert "Wait for a seat" in late.get(f"/rounds/{round_.id}/room").text
    answer = wait(late, round_.rooms[0])
    assert answer.status_code == 303
    page = late.get(answer.location).text
    assert "You are waiting for a seat in room 1." in page
    assert "Stop waiting" in page


def way(ear, room):
    """What a page that shows the choice has been told last of the way into a room."""
    return ear.html.rpartition(f'id="room-way-{room.id}"')[2].partition("</template>")[0]


def test_open_pages_offer_to_wait_as_a_room_fills_up_and_to_choose_as_it_empties(event, join, hear):
    plan(event, "Round 1", mode="self_select", capacity="1")
    sitting, looking = join(event, "Sina Sitting"), join(event)
    round_ = start(event, "Round 1")
    one, two = round_.rooms[:2]
    page = looking.get(f"/rounds/{round_.id}/room").text
    assert page.count('id="room-way-') == len(round_.rooms)
    assert f'value="{one.id}">Choose' in page
    hall = hear(event)
    choose(sitting, round_, one)
    assert f'formaction="/rooms/{one.id}/line">Wait for a seat' in way(hall, one)
    assert "Sina Sitting" not in hall.html
    choose(sitting, round_, two)
    assert f'value="{one.id}">Choose' in way(hall, one)
    assert f'formaction="/rooms/{two.id}/line">Wait for a seat' in way(hall, two)


def test_what_is_somebodys_own_is_not_overwritten_by_what_all_others_see(event, full, join):
    round_, sitting = full
    one, two = round_.rooms[:2]
    wait(sitting, two)
    visitor = join(event)
    wait(visitor, one)
    assert f'id="room-way-{one.id}"' not in page_of(visitor, round_)
    own = page_of(sitting, round_)
    assert f'id="room-way-{two.id}"' not in own
    assert "Stay here" in own


def page_of(visitor, round_):
    return visitor.get(f"/rounds/{round_.id}/room?choose=again").text


def test_once_nobody_chooses_pages_hear_nothing_of_ways_into_rooms(event, full, join, hear):
    round_, sitting = full
    end_choosing(round_)
    hall = hear(event)
    with transaction():
        actions.move(locked(Round, round_.id), sitting.person, round_.rooms[1])
    assert f'id="room-count-{round_.rooms[1].id}"' in hall.html
    assert "room-way-" not in hall.html


def test_from_a_room_one_may_choose_again_until_the_time_is_over(event, full, hear):
    round_, sitting = full
    room = round_.rooms[0]
    again = f'href="/rounds/{round_.id}/room?choose=again"'
    assert again in sitting.get(f"/rooms/{room.id}").text
    assert "Which topic would you like" in page_of(sitting, round_)
    inside = hear(event, View.ROOM, source=room.channel)
    end_choosing(round_)
    head = inside.html.rpartition(f'id="room-head-{room.id}"')[2]
    assert head
    assert "Choose another topic" not in head
    assert again not in sitting.get(f"/rooms/{room.id}").text


@pytest.mark.parametrize("mode", ["automatic", "wishes"])
def test_where_nothing_is_chosen_at_once_no_room_offers_to_choose_again(event, join, mode):
    plan(event, "Round 1", mode=mode)
    visitor = join(event)
    round_ = start(event, "Round 1")
    with transaction():
        actions.move(locked(Round, round_.id), visitor.person, round_.rooms[0])
    page = visitor.get(f"/rooms/{round_.rooms[0].id}").text
    assert "You are in room 1" in page
    assert "Choose another topic" not in page


def test_who_has_waited_longest_gets_the_seat_that_is_left(event, full, join, announced):
    round_, sitting = full
    one, two = round_.rooms[:2]
    first, second = join(event), join(event)
    wait(first, one)
    wait(second, one)
    choose(sitting, round_, two)
    assert room_of(round_, first.person).id == one.id
    assert where(round_)[second.participant_id] is None
    assert waiting() == [second.participant_id]


def test_a_seat_that_nobody_waits_for_is_left_without_counting(full, statements):
    round_, sitting = full
    room = round_.rooms[0]
    assert sitting.person
    del statements[:]
    actions.give_seats(round_, room)
    assert not [each for each in statements if "placement" in each]


def test_one_seat_left_moves_everybody_up_who_waits_for_what_becomes_free(event, full, join):
    round_, sitting = full
    one, two, three = round_.rooms
    other = join(event)
    choose(other, round_, two)
    wait(other, one)
    last = join(event)
    wait(last, two)
    choose(sitting, round_, three)
    assert room_of(round_, other.person).id == one.id
    assert room_of(round_, last.person).id == two.id
    assert waiting() == []


def test_waiting_for_a_room_that_has_a_seat_takes_it(event, full, join):
    round_, _sitting = full
    visitor = join(event)
    wait(visitor, round_.rooms[1])
    assert room_of(round_, visitor.person).id == round_.rooms[1].id
    assert waiting() == []


def test_who_waits_no_longer_is_passed_over(event, full, join):
    round_, sitting = full
    visitor = join(event)
    wait(visitor, round_.rooms[0])
    assert visitor.delete(f"/rooms/{round_.rooms[0].id}/line").status_code == 303
    choose(sitting, round_, round_.rooms[1])
    assert where(round_)[visitor.participant_id] is None


def test_who_goes_away_for_good_leaves_the_seat_to_the_next(event, full, join, moderator):
    round_, sitting = full
    visitor = join(event)
    wait(visitor, round_.rooms[0])
    moderator.delete(f"/e/{event.code}/people/{sitting.participant_id}")
    assert room_of(round_, visitor.person).id == round_.rooms[0].id


def test_when_the_time_is_over_nobody_waits_and_everybody_has_a_room(event, full, join):
    round_, _sitting = full
    visitor = join(event)
    wait(visitor, round_.rooms[0])
    end_choosing(round_)
    assert waiting() == []
    assert where(round_)[visitor.participant_id] in {room.id for room in round_.rooms[1:]}
    assert wait(visitor, round_.rooms[0]).status_code == 409


def test_nobody_waits_twice_nor_where_wishes_decide(event, full, join):
    round_, _sitting = full
    visitor = join(event)
    for _time in range(2):
        wait(visitor, round_.rooms[0])
    assert waiting() == [visitor.participant_id]
    plan(event, "Round 2", mode="wishes")
    second = start(event, "Round 2")
    assert wait(visitor, second.rooms[-1]).status_code == 409


@pytest.mark.parametrize("who", ["moderator", "host", "observer", "outsider"])
def test_who_stays_out_waits_for_nothing(full, who, request):
    round_, _sitting = full
    visitor = request.getfixturevalue(who)
    assert wait(visitor, round_.rooms[0]).status_code in (401, 403, 404)
    assert visitor.delete(f"/rooms/{round_.rooms[0].id}/line").status_code in (401, 403, 404)
    assert waiting() == []


def test_who_is_removed_meanwhile_gets_no_seat(event, full, join, moderator):
    round_, sitting = full
    gone, next_ = join(event), join(event)
    wait(gone, round_.rooms[0])
    wait(next_, round_.rooms[0])
    moderator.delete(f"/e/{event.code}/people/{gone.participant_id}")
    with transaction():
        actions.choose(locked(Round, round_.id), sitting.person, round_.rooms[1])
    assert room_of(round_, next_.person).id == round_.rooms[0].id


def test_who_is_moved_stays_there_and_waits_no_longer(event, full, join, moderator):
    round_, sitting = full
    one, two = round_.rooms[:2]
    moved, next_ = join(event), join(event)
    wait(moved, one)
    wait(next_, one)
    form = {"person": moved.participant_id}
    assert moderator.post(f"/rooms/{two.id}/moves", form).status_code == 303
    assert waiting() == [next_.participant_id]
    choose(sitting, round_, round_.rooms[2])
    assert room_of(round_, moved.person).id == two.id
    assert room_of(round_, next_.person).id == one.id


def test_who_is_swapped_waits_no_longer_for_the_seat_that_is_left(event, full, join):
    round_, sitting = full
    one, two = round_.rooms[:2]
    other = join(event)
    choose(other, round_, two)
    wait(other, one)
    with transaction():
        actions.swap(locked(Round, round_.id), sitting.person, other.person)
    assert room_of(round_, other.person).id == one.id
    assert room_of(round_, sitting.person).id == two.id
    assert waiting() == []
