"""What can still be changed once a round has begun, and what has had its time."""

import pytest

from app.breakouts.models import Mode
from app.realtime import View
from tests.breakouts.plans import end_choosing, plan
from tests.breakouts.rounds import come, item, start, where

TOPICS = "One\nTwo"
HAS_BEGUN = "This round has begun."


def form_of(page, name):
    """The field of a setting."""
    return page.partition(f'id="round-{name}"')[2].partition(">")[0]


def settings(moderator, event):
    return moderator.get(f"/e/{event.code}/items/{item(event, 'Round 1').id}").text


def save(moderator, event, status=303, **said):
    """Send the form as a browser does: what is disabled is not in it, but what is hidden is."""
    step = item(event, "Round 1")
    form = {f"setting-breakout-{name}": value for name, value in (step.settings | said).items()}
    url = f"/e/{event.code}/items/{step.id}"
    form |= {"kind": "breakout", "title": "Round 1", "minutes": "10"}
    answer = moderator.post(url, form)
    assert answer.status_code == status
    return answer.text


def test_before_it_begins_all_can_be_changed(event, moderator):
    plan(event, "Round 1", mode="self_select", topics=TOPICS)
    page = settings(moderator, event)
    assert HAS_BEGUN not in page
    assert "disabled" not in form_of(page, "mode")


@pytest.mark.parametrize("mode", ["automatic", "self_select"])
def test_what_has_had_its_time_is_greyed_out_and_goes_along_hidden(event, moderator, mode):
    come(event, 2)
    plan(event, "Round 1", mode=mode, topics=TOPICS, capacity="2", rooms="3")
    start(event, "Round 1")
    page = settings(moderator, event)
    assert HAS_BEGUN in page
    assert "Give more time, or less, in the cockpit." in page
    for name, value in (("mode", mode), ("topics", TOPICS), ("rooms", "3")):
        assert "disabled" in form_of(page, name)
        assert f'<input type="hidden" name="setting-breakout-{name}" value="{value}">' in page
    for name in ("carry_in", "mix", "facilitator"):
        assert "disabled" not in form_of(page, name)
        assert f'<input type="hidden" name="setting-breakout-{name}"' not in page
    assert ("disabled" in form_of(page, "capacity")) is (mode == "automatic")


def test_when_it_is_over_no_seats_are_given_either(event, moderator):
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="1")
    start(event, "Round 1")
    start(event, "Plenum")
    page = settings(moderator, event)
    assert "disabled" in form_of(page, "capacity")
    assert "in the cockpit" not in page


def test_more_seats_are_had_at_once_and_who_waits_gets_one(event, moderator, join, hear):
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="1")
    sitting, waiting, other = (join(event) for _ in range(3))
    round_ = start(event, "Round 1")
    room = round_.rooms[0]
    sitting.post(f"/rounds/{round_.id}/me", {"room": room.id})
    waiting.post(f"/rooms/{room.id}/line")
    hall, cockpit = hear(event), hear(event, View.COCKPIT)
    save(moderator, event, capacity="3")
    assert [each.capacity for each in round_.rooms] == [3, 3]
    assert where(round_)[waiting.participant_id] == room.id
    assert "2 of 3 seats" in hall.html
    assert f'name="room" value="{room.id}"' in hall.html
    assert "3 seats" in cockpit.html
    other.post(f"/rounds/{round_.id}/me", {"room": room.id})
    assert where(round_)[other.participant_id] == room.id


def test_with_fewer_seats_nobody_has_to_leave(event, moderator, join):
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="2")
    people = [join(event) for _ in range(3)]
    round_ = start(event, "Round 1")
    room = round_.rooms[0]
    for visitor in people[:2]:
        visitor.post(f"/rounds/{round_.id}/me", {"room": room.id})
    save(moderator, event, capacity="1")
    assert list(where(round_).values()).count(room.id) == 2
    answer = people[2].post(f"/rounds/{round_.id}/me", {"room": room.id})
    assert answer.status_code == 409
    end_choosing(round_)
    assert where(round_)[people[2].participant_id] == round_.rooms[1].id


def test_saving_what_is_unchanged_announces_nothing_of_rooms(event, moderator, announced):
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="2")
    round_ = start(event, "Round 1")
    since = len(announced(event.channel))
    save(moderator, event)
    assert "RoomChanged" not in {type(fact).__name__ for fact in announced(event.channel)[since:]}
    assert round_.mode is Mode.SELF_SELECT


def test_a_form_from_before_that_comes_too_late_is_told_so_and_saves_nothing(event, moderator):
    come(event, 4)
    plan(event, "Round 1", mode="automatic", topics=TOPICS)
    round_ = start(event, "Round 1")
    step = item(event, "Round 1")
    before = dict(step.settings)
    page = save(moderator, event, 409, capacity="1", topics="Other", facilitator="lot")
    late = "Most people in a room, Topics of this round."
    assert f"This round has begun. This cannot be changed any more: {late}" in page
    assert "Nothing has been saved yet." in page
    assert f'<input type="hidden" name="setting-breakout-topics" value="{TOPICS}">' in page
    assert item(event, "Round 1").settings == before
    assert [room.capacity for room in round_.rooms] == [None, None]
    assert round_.capacity is None


@pytest.mark.parametrize("topics", ["One\r\nTwo", " One \nTwo\n\n"])
def test_what_says_the_same_otherwise_is_taken(event, moderator, topics):
    plan(event, "Round 1", mode="automatic", topics=TOPICS)
    start(event, "Round 1")
    save(moderator, event, topics=topics, mode="", choosing_minutes="", facilitator="lot")
    assert item(event, "Round 1").settings["facilitator"] == "lot"


@pytest.mark.parametrize("who", ["participant", "host", "observer", "outsider"])
def test_only_moderators_give_seats(event, who, request):
    visitor = request.getfixturevalue(who)
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="1")
    round_ = start(event, "Round 1")
    form = {"kind": "breakout", "title": "Round 1", "setting-breakout-capacity": "9"}
    answer = visitor.post(f"/e/{event.code}/items/{item(event, 'Round 1').id}", form)
    assert answer.status_code in (401, 403, 404)
    assert [room.capacity for room in round_.rooms] == [1, 1]
