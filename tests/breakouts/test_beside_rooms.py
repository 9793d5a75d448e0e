"""The questions page beside a room: it keeps the room's time, and leads back."""

import pytest

from app.breakouts import actions
from app.database import now, transaction
from app.realtime import View
from tests.breakouts.plans import end_choosing, plan
from tests.breakouts.rounds import start


@pytest.fixture
def questions(event):
    """Where they are asked."""
    return f"/e/{event.code}/questions"


def test_it_shows_the_clock_of_the_room_hears_it_and_leads_back(
    event, participant, room, questions, hear
):
    page = participant.get(questions).text
    assert f'id="room-clock-{room.id}"' in page.partition("</header>")[0]
    assert f'data-channel="{room.channel}"' in page
    assert f'href="/rounds/{room.round_id}/room"' in page
    assert f'To my room<span class="visually-hidden">: {room.number}' in page


def test_while_one_chooses_it_shows_how_long_and_leads_to_the_choice(
    event, participant, questions, hear
):
    round_ = plan(event, mode="self_select")
    start(event, "Round 1")
    page = participant.get(questions).text
    assert f'id="round-clock-{round_.id}"' in page.partition("</header>")[0]
    assert "Choose a room" in page
    assert 'data-channel="room:' not in page
    hall = hear(event, View.HALL)
    end_choosing(round_)
    assert f'target="round-clock-{round_.id}"' in hall.html


@pytest.mark.parametrize("who", ["host", "moderator", "observer"])
def test_who_has_no_room_sees_no_clock(event, room, questions, who, request):
    page = request.getfixturevalue(who).get(questions).text
    assert "room-clock" not in page
    assert "way-back" not in page
    assert room.channel not in page


def test_before_and_after_the_rooms_there_is_none(event, participant, questions):
    assert "way-back" not in participant.get(questions).text
    start(event, "Round 1")
    assert "way-back" in participant.get(questions).text
    start(event, "Plenum")
    assert "way-back" not in participant.get(questions).text


def test_a_room_that_has_finished_early_leads_nobody_back(event, participant, room, questions):
    with transaction():
        held = actions.hold_room(room.id)
        held.closed_at = held.ends_at = now()
    assert "way-back" not in participant.get(questions).text
