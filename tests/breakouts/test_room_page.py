"""A room's page: what is said and can be said stands first, all else below or folded."""

import re

import pytest

from app.database import transaction
from app.events import actions as events
from app.realtime import View
from tests.breakouts.rounds import come, item, room_of, start

TASK = "Tell each other what works."


@pytest.fixture
def room(event, participant):
    with transaction():
        events.change_item(item(event, "Round 1"), text=TASK)
    come(event, 2)
    return room_of(start(event, "Round 1"), participant.person)


def page_of(participant, room):
    return participant.get(f"/rooms/{room.id}").text


def test_what_is_said_comes_before_roles_notes_and_results(participant, room):
    page = page_of(participant, room)
    ids = ["room-head", "room-messages", "roster", "contributions", "contribution-form", "duties"]
    ids = [f'id="{each}-{room.id}"' for each in [*ids, "shared-notes", "report"]]
    places = [page.index(each) for each in ids]
    assert places == sorted(places)
    assert page.index(TASK) < page.index(f'id="contributions-{room.id}"')
    for goal in re.findall(r'<a href="#([^"]+)"', page):
        assert f'id="{goal}"' in page


def test_a_long_task_is_folded(event, participant, room):
    assert "What this round is about" not in page_of(participant, room)
    with transaction():
        events.change_item(item(event, "Round 1"), text=TASK * 10)
    assert "What this round is about" in page_of(participant, room)


def test_the_newest_message_is_seen_and_those_before_are_folded(
    event, moderator, participant, room, hear
):
    inside = hear(event, View.ROOM, source=room.channel)
    for number, words in enumerate(("Ten minutes", "Five minutes", "One minute"), 1):
        key = f"key-{number}"
        moderator.post(f"/rounds/{room.round_id}/messages", {"text": words, "key": key})
    for text in (page_of(participant, room), inside.messages[-1]["html"]):
        said = text.partition('class="room-messages"')[2]
        shown, folded = said.partition("2 messages before")[::2]
        assert "One minute" in shown
        assert "Five minutes" not in shown
        assert "Five minutes" in folded
        assert "Ten minutes" in folded


def test_a_few_are_named_with_their_places_and_many_in_short(event, participant, room):
    page = page_of(participant, room)
    assert f'id="roster-more-{room.id}"' not in page
    come(event, 15)
    page = page_of(participant, room)
    count = len(re.findall(r"state-dot", page))
    assert count > 4
    assert f'id="roster-more-{room.id}"' in page
    assert f"and {count - 3} more" in page
