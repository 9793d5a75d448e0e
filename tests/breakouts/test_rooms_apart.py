"""Where rooms end at different times the hall's clock says so, and counts to the true end."""

from datetime import timedelta

import pytest

from app.breakouts.models.times import local
from app.breakouts.timekeeping import keep_time
from app.extensions import db
from app.realtime import View
from tests.breakouts.rounds import come, start


@pytest.fixture
def round_(event, participant):
    come(event, 5)
    return start(event, "Round 1")


def deadline(moment):
    return f'deadline="{int(moment.timestamp() * 1000)}"'


def clock(round_, moment):
    return f"{local(moment, round_.event):%H:%M}"


def page(moderator, event, view):
    return moderator.get(f"/e/{event.code}/{view}").text


def test_a_room_that_goes_on_is_told_of_at_once(event, moderator, round_, hear):
    room = round_.rooms[0]
    screen, cockpit, hall = hear(event, View.SCREEN), hear(event, View.COCKPIT), hear(event)
    moderator.post(f"/rooms/{room.id}/extension?minutes=2")
    until = clock(round_, room.ends_at)
    for ear in (screen, cockpit):
        assert f"Room 1 goes on until {until}." in ear.html
        assert deadline(round_.ends_at) in ear.html
    assert f'id="room-count-{room.id}"' in screen.html
    assert f"· until {until}" in screen.html
    assert "goes on until" not in hall.html
    assert f"Room 1 goes on until {until}." in page(moderator, event, "screen")


def test_several_are_counted_and_named_by_their_last(event, moderator, round_):
    first, second, _third = round_.rooms
    moderator.post(f"/rooms/{first.id}/extension?minutes=2")
    moderator.post(f"/rooms/{second.id}/extension?minutes=2")
    second.ends_at = first.ends_at
    db.session.commit()
    until = clock(round_, first.ends_at)
    assert f"2 rooms go on until {until}." in page(moderator, event, "screen")
    moderator.post(f"/rooms/{second.id}/extension?minutes=3")
    until = clock(round_, second.ends_at)
    assert f"2 rooms go on, the last until {until}." in page(moderator, event, "screen")


def test_a_room_that_ends_earlier_is_told_of_too(event, moderator, round_):
    room = round_.rooms[1]
    moderator.post(f"/rooms/{room.id}/shortening?minutes=5")
    until = clock(round_, room.ends_at)
    assert f"Room 2 ends at {until}." in page(moderator, event, "screen")


def test_where_all_end_together_nothing_is_said(event, moderator, round_):
    for view in ("screen", "cockpit"):
        assert "rooms-apart" not in page(moderator, event, view)
    start(event, "Round 2")
    assert "rooms-apart" not in page(moderator, event, "screen")


def test_once_the_others_are_over_the_clock_counts_to_the_last_room(
    event, moderator, round_, hear, later
):
    room = round_.rooms[0]
    moderator.post(f"/rooms/{room.id}/extension?minutes=10")
    screen = hear(event, View.SCREEN)
    later(minutes=17)
    keep_time()
    db.session.rollback()
    assert [each.is_over for each in round_.rooms] == [False, True, True]
    assert deadline(room.ends_at) in screen.html
    assert "1 room still talks." in screen.html
    assert "· finished" in screen.html
    assert round_.ends_at + timedelta(minutes=10) == room.ends_at


def test_rooms_that_open_again_are_no_longer_told_to_be_finished(
    event, moderator, round_, hear, later
):
    moderator.post(f"/rooms/{round_.rooms[0].id}/extension?minutes=10")
    later(minutes=17)
    keep_time()
    db.session.rollback()
    assert [each.is_over for each in round_.rooms] == [False, True, True]
    screen, cockpit = hear(event, View.SCREEN), hear(event, View.COCKPIT)
    moderator.post(f"/rounds/{round_.id}/extension?minutes=5")
    db.session.rollback()
    assert not any(each.is_over for each in round_.rooms)
    for room in round_.rooms[1:]:
        assert f'id="room-count-{room.id}"' in screen.html
        assert f'id="room-tile-{room.id}"' in cockpit.html
    assert "finished" not in screen.html


def test_where_every_room_has_its_own_end_the_clock_counts_to_the_last(event, moderator, round_):
    for minutes, room in enumerate(round_.rooms, 1):
        moderator.post(f"/rooms/{room.id}/extension?minutes={minutes}")
    shown = page(moderator, event, "screen")
    assert deadline(round_.rooms[-1].ends_at) in shown
    assert "2 rooms end earlier, the first at" in shown
    assert deadline(round_.ends_at) not in shown
