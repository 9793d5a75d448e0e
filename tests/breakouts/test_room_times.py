"""Time is taken away as well as given, to all rooms or to one; and a minute is left to finish."""

import pytest

from app.breakouts.models import Contribution, RoundState
from app.breakouts.timekeeping import keep_time
from app.extensions import db
from app.realtime import View
from tests.breakouts.rounds import come, room_of, start, where


def left(thing):
    """Minutes from the opening to the end of a round, or of a room."""
    round_ = getattr(thing, "round", thing)
    return round((thing.ends_at - round_.opened_at).total_seconds() / 60, 1)


def deadline(thing):
    return f'deadline="{int(thing.ends_at.timestamp() * 1000)}"'


def kept():
    keep_time()
    db.session.rollback()


@pytest.fixture
def round_(event, participant):
    come(event, 5)
    return start(event, "Round 1")


def test_time_is_taken_away_from_all(event, moderator, round_, hear):
    room = round_.rooms[0]
    inside = hear(event, View.ROOM, source=room.channel)
    hall, screen = hear(event), hear(event, View.SCREEN)
    moderator.post(f"/rounds/{round_.id}/shortening?minutes=5")
    assert left(round_) == 10
    for ear in (inside, hall, screen):
        assert deadline(round_) in ear.html


def test_a_minute_is_left_at_least(moderator, round_, later):
    later(minutes=12)
    moderator.post(f"/rounds/{round_.id}/shortening?minutes=5")
    assert left(round_) == 13
    answer = moderator.post(f"/rounds/{round_.id}/shortening?minutes=1")
    assert answer.status_code == 409
    assert "within a minute" in answer.text
    assert left(round_) == 13


@pytest.mark.parametrize("minutes", ["0", "-1", "61", "x", ""])
@pytest.mark.parametrize("what", ["rounds", "rooms"])
def test_no_less_time_than_makes_sense(moderator, round_, minutes, what):
    id = round_.id if what == "rounds" else round_.rooms[0].id
    url = f"/{what}/{id}/shortening"
    assert moderator.post(url, {"minutes": minutes}).status_code == 422


def test_while_people_choose_they_lose_the_time(event, moderator, later):
    round_ = start(event, "Round 2")
    moderator.post(f"/rounds/{round_.id}/extension?minutes=4")
    moderator.post(f"/rounds/{round_.id}/shortening?minutes=3")
    assert (round_.choose_until - round_.opened_at).total_seconds() == 3 * 60
    assert left(round_) == 13
    for what in (f"rounds/{round_.id}", f"rooms/{round_.rooms[0].id}"):
        assert moderator.post(f"/{what}/last-minute").status_code == 409


def test_a_choice_that_ends_early_leaves_the_talk_all_of_its_time(event, moderator, later, hear):
    round_ = start(event, "Round 2")  # two minutes for choosing, ten for the talk
    moderator.post(f"/rounds/{round_.id}/extension?minutes=3")
    later(minutes=1)
    assert left(round_) == 15
    hall = hear(event)
    moderator.delete(f"/rounds/{round_.id}/choice")
    assert left(round_) == 11  # since it was opened
    assert deadline(round_) in hall.html


def test_a_choice_that_ends_late_takes_nothing_from_the_hall(event, moderator, later):
    round_ = start(event, "Round 2")
    later(minutes=3)
    moderator.delete(f"/rounds/{round_.id}/choice")
    assert left(round_) == 12


def test_one_room_has_more_time_than_the_others(event, moderator, round_, hear):
    room, other = round_.rooms[:2]
    inside, elsewhere = (hear(event, View.ROOM, source=r.channel) for r in (room, other))
    cockpit = hear(event, View.COCKPIT)
    moderator.post(f"/rooms/{room.id}/extension?minutes=2")
    assert (left(room), other.ends_at, left(round_)) == (17, None, 15)
    assert deadline(room) in inside.html
    assert "this room until" in cockpit.html
    assert elsewhere.messages == []


def test_what_all_get_a_room_with_an_end_of_its_own_gets_too(moderator, round_):
    room = round_.rooms[0]
    moderator.post(f"/rooms/{room.id}/shortening?minutes=5")
    moderator.post(f"/rounds/{round_.id}/extension?minutes=3")
    assert (left(room), left(round_)) == (13, 18)


def test_who_has_less_time_is_back_first_and_the_others_notice_nothing(
    event, moderator, participant, round_, later, hear
):
    room = room_of(round_, participant.person)
    other = next(each for each in round_.rooms if each.id != room.id)
    moderator.post(f"/rooms/{room.id}/shortening?minutes=5")
    inside, elsewhere = (hear(event, View.ROOM, source=r.channel) for r in (room, other))
    later(minutes=10, seconds=30)
    kept()
    assert not room.is_over  # they finish their sentence
    later(seconds=31)
    kept()
    assert room.is_over
    assert round_.state is RoundState.OPEN
    assert f'href="/e/{event.code}"' in inside.html
    assert elsewhere.messages == []
    page = participant.get(f"/e/{event.code}")
    assert page.status_code == 200
    assert "If yours has finished already" in page.text
    assert participant.get(f"/rooms/{room.id}").location == f"/rooms/{room.id}/report"
    late = {"kind": "impulse", "text": "Just in time.", "key": "k"}
    participant.post(f"/rooms/{room.id}/contributions", late)
    assert db.session.query(Contribution).count() == 1


def test_nobody_comes_into_a_room_that_has_finished(event, moderator, round_, later):
    room, other = round_.rooms[:2]
    moderator.post(f"/rooms/{room.id}/shortening?minutes=14")
    later(minutes=3)
    kept()
    for person in come(event, 4):
        assert where(round_)[person.id] != room.id
    stranger = next(id for id, r in where(round_).items() if r == other.id)
    assert moderator.post(f"/rooms/{room.id}/moves", {"person": stranger}).status_code == 409
    assert where(round_)[stranger] == other.id


def test_the_round_ends_with_its_last_room(moderator, round_, later):
    room, *others = round_.rooms
    moderator.post(f"/rooms/{room.id}/extension?minutes=5")
    later(minutes=16, seconds=1)
    kept()
    assert [each.is_over for each in others] == [True, True]
    assert round_.is_open
    assert not room.is_over
    later(minutes=5)
    kept()
    assert round_.state is RoundState.OVER


def test_what_all_get_brings_those_back_whose_time_was_up_but_not_whose_own_was(
    event, moderator, participant, round_, later, hear
):
    room = room_of(round_, participant.person)
    early, longer = (each for each in round_.rooms if each.id != room.id)
    moderator.post(f"/rooms/{longer.id}/extension?minutes=10")
    moderator.post(f"/rooms/{early.id}/shortening?minutes=5")
    later(minutes=16, seconds=1)
    kept()
    assert [each.is_over for each in (room, early, longer)] == [True, True, False]
    own = hear(participant)
    moderator.post(f"/rounds/{round_.id}/extension?minutes=5")
    db.session.rollback()
    assert [each.is_over for each in (room, early, longer)] == [False, True, False]
    assert f'href="/rooms/{room.id}"' in own.html
    assert participant.get(f"/rooms/{room.id}").status_code == 200
    later(minutes=5)
    kept()
    assert not room.is_over


def test_a_room_that_has_finished_goes_on_and_its_people_are_brought_back(
    event, moderator, participant, round_, later, hear
):
    room = room_of(round_, participant.person)
    moderator.post(f"/rooms/{room.id}/last-minute")
    later(minutes=1, seconds=1)
    kept()
    assert room.is_over
    own = hear(participant)
    assert moderator.post(f"/rooms/{room.id}/shortening?minutes=2").status_code == 409
    moderator.post(f"/rooms/{room.id}/extension?minutes=2")
    assert not room.is_over
    assert f'href="/rooms/{room.id}"' in own.html
    assert participant.get(f"/rooms/{room.id}").status_code == 200


def test_the_last_minute_comes_to_all_at_a_tap(event, moderator, round_, later, hear):
    ear = hear(event, View.ROOM, source=round_.rooms[0].channel)
    moderator.post(f"/rooms/{round_.rooms[0].id}/extension?minutes=5")
    moderator.post(f"/rounds/{round_.id}/last-minute")
    assert 'grace="60"' in ear.html
    assert "Finish your sentence" in ear.html
    kept()
    assert round_.is_open
    later(minutes=1, seconds=1)
    kept()
    assert round_.state is RoundState.OVER


def test_opened_again_all_rooms_have_the_same_time(event, moderator, round_):
    room = round_.rooms[0]
    moderator.post(f"/rooms/{room.id}/shortening?minutes=5")
    moderator.delete(f"/rounds/{round_.id}/opening")
    moderator.post(f"/rounds/{round_.id}/opening")
    assert (room.ends_at, room.is_over) == (None, False)


def test_in_the_last_minute_the_clock_changes_nothing(app, round_, later, statements):
    later(minutes=15, seconds=30)
    del statements[:]
    keep_time()
    assert not [each for each in statements if each.startswith(("BEGIN IMMEDIATE", "UPDATE"))]


def test_warnings_are_spoken_and_heard_in_the_room_and_the_cockpit(
    event, moderator, participant, round_
):
    room = room_of(round_, participant.person)
    for page in (participant.get(f"/rooms/{room.id}"), moderator.get(f"/e/{event.code}/cockpit")):
        for words in ("data-sound", 'data-say-300="5 minutes left"', 'data-say-10="10 seconds'):
            assert words in page.text
        assert "<sound-switch" in page.text
    screen = moderator.get(f"/e/{event.code}/screen").text
    assert "data-sound" in screen
    assert "<sound-switch" not in screen
