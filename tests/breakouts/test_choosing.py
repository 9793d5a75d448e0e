"""Round 2: everybody chooses one of the other rooms, or is placed when the time is over."""

import pytest

from app.breakouts.models import PlacedHow, Placement, RoundState
from app.breakouts.timekeeping import keep_time
from app.database import transaction
from app.events import actions as event_actions
from app.extensions import db
from app.realtime import View
from tests.breakouts.rounds import come, item, room_of, sizes, start, where


def choice_of(round_, visitor):
    return where(round_)[visitor.participant_id]


def other_rooms(round_, earlier):
    return [room for room in round_.rooms if room.aspect_id != earlier.aspect_id]


def second_round(event, visitor):
    """The second round, and the rooms that this person may choose."""
    first = start(event, "Round 1")
    before = room_of(first, visitor.person)
    round_ = start(event, "Round 2")
    return round_, other_rooms(round_, before)


def limit(event, seats):
    with transaction():
        settings = {**item(event, "Round 2").settings, "capacity": str(seats)}
        event_actions.change_item(item(event, "Round 2"), settings=settings)


def test_at_first_everybody_is_choosing(event, participant, hear):
    come(event, 2)
    screen = hear(event, View.SCREEN)
    round_, _rooms = second_round(event, participant)
    assert round_.state is RoundState.CHOOSING
    assert set(where(round_).values()) == {None}
    assert "3 people are still choosing." in screen.html


def test_the_page_offers_the_other_rooms_and_names_the_earlier_one(event, participant):
    round_, rooms = second_round(event, participant)
    page = participant.get(f"/rounds/{round_.id}/room").text
    for room in rooms:
        assert f'value="{room.id}"' in page
    (before,) = [room for room in round_.rooms if room not in rooms]
    assert f'value="{before.id}"' not in page
    assert page.count("You were there") == 1


def test_choosing_leads_into_the_room_and_counts_everywhere(event, participant, hear):
    round_, rooms = second_round(event, participant)
    hall, cockpit = hear(event), hear(event, View.COCKPIT)
    answer = participant.post(f"/rounds/{round_.id}/me", {"room": rooms[0].id})
    assert answer.status_code == 303
    assert answer.location == f"/rooms/{rooms[0].id}"
    assert choice_of(round_, participant) == rooms[0].id
    assert f'id="room-count-{rooms[0].id}"' in hall.html
    assert "Everybody has chosen." in hall.html
    assert "Paula Participant" not in hall.html
    assert f'id="room-tile-{rooms[0].id}"' in cockpit.html


def test_choosing_the_same_room_twice_changes_nothing(event, participant, announced):
    round_, rooms = second_round(event, participant)
    participant.put(f"/rounds/{round_.id}/me", {"room": rooms[0].id})
    since = len(announced(event.channel))
    assert participant.put(f"/rounds/{round_.id}/me", {"room": rooms[0].id}).status_code == 303
    assert announced(event.channel)[since:] == []


def test_one_may_change_ones_mind_while_there_is_time(event, participant):
    round_, rooms = second_round(event, participant)
    for room in rooms:
        participant.post(f"/rounds/{round_.id}/me", {"room": room.id})
    assert choice_of(round_, participant) == rooms[-1].id
    assert sum(sizes(round_)) == 1
    page = participant.get(f"/rounds/{round_.id}/room?choose=again").text
    assert "Stay here" in page


def test_the_earlier_topic_cannot_be_chosen_again(event, participant):
    round_, rooms = second_round(event, participant)
    (before,) = [room for room in round_.rooms if room not in rooms]
    answer = participant.post(f"/rounds/{round_.id}/me", {"room": before.id})
    assert answer.status_code == 409
    assert "You had this topic before" in answer.text
    assert choice_of(round_, participant) is None


def test_a_full_room_takes_nobody(event, participant, join):
    limit(event, 1)
    round_, rooms = second_round(event, participant)
    first, second = join(event), join(event)
    assert first.post(f"/rounds/{round_.id}/me", {"room": rooms[0].id}).status_code == 303
    answer = second.post(f"/rounds/{round_.id}/me", {"room": rooms[0].id})
    assert answer.status_code == 409
    assert "This room is full" in answer.text
    assert choice_of(round_, second) is None


def test_a_seat_that_was_given_up_is_free_again(event, participant, join):
    limit(event, 1)
    round_, rooms = second_round(event, participant)
    other = join(event)
    participant.post(f"/rounds/{round_.id}/me", {"room": rooms[0].id})
    participant.post(f"/rounds/{round_.id}/me", {"room": rooms[1].id})
    assert other.post(f"/rounds/{round_.id}/me", {"room": rooms[0].id}).status_code == 303


def test_who_has_not_chosen_in_time_is_placed_and_who_has_stays(event, participant, later, hear):
    come(event, 5)
    round_, rooms = second_round(event, participant)
    participant.post(f"/rounds/{round_.id}/me", {"room": rooms[0].id})
    hall = hear(event)
    later(minutes=2, seconds=1)
    keep_time()
    keep_time()
    assert round_.state is RoundState.OPEN
    assert choice_of(round_, participant) == rooms[0].id
    assert None not in where(round_).values()
    ways = {p.how for p in db.session.query(Placement).filter_by(round_id=round_.id)}
    assert ways == {PlacedHow.CHOSEN, PlacedHow.FALLBACK}
    assert f'href="/rounds/{round_.id}/room?after=choosing"' in hall.html
    led = participant.get(f"/rounds/{round_.id}/room?after=choosing")
    assert led.location == f"/rooms/{rooms[0].id}"


def test_nobody_is_placed_into_the_topic_they_had(event, participant):
    people = come(event, 8)
    first = start(event, "Round 1")
    before = {p.id: room_of(first, p).aspect_id for p in people}
    round_ = start(event, "Round 2")
    with transaction():
        from app.breakouts import actions

        actions.end_choosing(round_)
    assert all(room_of(round_, p).aspect_id != before[p.id] for p in people)
    assert max(sizes(round_)) - min(sizes(round_)) <= 1


def test_after_the_time_nobody_chooses(event, participant, later):
    round_, rooms = second_round(event, participant)
    later(minutes=2, seconds=1)
    answer = participant.post(f"/rounds/{round_.id}/me", {"room": rooms[0].id})
    assert answer.status_code == 409
    assert "The time for choosing is over" in answer.text


def test_who_comes_while_others_choose_chooses_too_and_later_is_placed(event, participant, later):
    round_, _rooms = second_round(event, participant)
    (early,) = come(event)
    assert where(round_)[early.id] is None
    later(minutes=3)
    keep_time()
    (late,) = come(event)
    assert where(round_)[late.id] is not None


def test_more_time_is_time_for_choosing_too(event, moderator, participant, later):
    round_, _rooms = second_round(event, participant)
    moderator.post(f"/rounds/{round_.id}/extension?minutes=1")
    later(minutes=2, seconds=30)
    keep_time()
    assert round_.is_choosing
    assert (round_.ends_at - round_.opened_at).total_seconds() == 13 * 60


def test_a_moderator_ends_the_choosing(event, moderator, participant):
    round_, _rooms = second_round(event, participant)
    for _time in range(2):
        assert moderator.delete(f"/rounds/{round_.id}/choice").status_code == 303
    assert round_.state is RoundState.OPEN
    assert choice_of(round_, participant) is not None


@pytest.mark.parametrize("who", ["moderator", "host", "observer", "outsider"])
def test_who_stays_out_does_not_choose(event, participant, who, request):
    visitor = request.getfixturevalue(who)
    round_, rooms = second_round(event, participant)
    answer = visitor.post(f"/rounds/{round_.id}/me", {"room": rooms[0].id})
    assert answer.status_code in (401, 403, 404)
    assert sum(sizes(round_)) == 0


def test_a_room_of_another_round_cannot_be_chosen(event, participant):
    first = start(event, "Round 1")
    round_ = start(event, "Round 2")
    other = first.rooms[0]
    answer = participant.post(f"/rounds/{round_.id}/me", {"room": other.id})
    assert answer.status_code == 404
    assert participant.post(f"/rounds/{round_.id}/me", {"room": "x"}).status_code == 422


def test_with_a_single_topic_it_may_be_had_again(app, join):
    from tests.breakouts.rounds import make_conference

    event = make_conference(("The only one",))
    visitor = join(event)
    start(event, "Round 1")
    round_ = start(event, "Round 2")
    room = round_.rooms[0]
    assert visitor.post(f"/rounds/{round_.id}/me", {"room": room.id}).status_code == 303
