"""More people than seats: nobody is left out, and those who lead know it beforehand."""

import pytest

from app.realtime import View
from tests.breakouts.plans import end_choosing, plan
from tests.breakouts.rounds import come, item, sizes, start

TOPICS = "One\nTwo"


def preview(moderator, round_):
    return moderator.get(f"/rounds/{round_.id}/preview").text


def cockpit(moderator, event):
    return moderator.get(f"/e/{event.code}/cockpit").text


@pytest.mark.parametrize("mode", ["self_select", "wishes"])
def test_the_preview_and_the_cockpit_say_that_seats_are_missing(event, moderator, hear, mode):
    come(event, 5)
    round_ = plan(event, "Round 1", mode=mode, topics=TOPICS, capacity="2")
    words = "There are only 4 seats for 5 people."
    assert words in preview(moderator, round_)
    round_ = start(event, "Round 1")
    assert words in cockpit(moderator, event)
    if mode == "wishes":
        assert words in preview(moderator, round_)
    end_choosing(round_)
    assert words in cockpit(moderator, event)
    assert sizes(round_) == [3, 2]


def test_who_comes_while_others_choose_changes_what_it_says(event, moderator, hear):
    come(event, 4)
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="2")
    start(event, "Round 1")
    assert "for 4 people" not in cockpit(moderator, event)
    ear = hear(event, View.COCKPIT)
    come(event, 1)
    assert "There are only 4 seats for 5 people." in ear.html


@pytest.mark.parametrize("seats", ["3", ""])
def test_where_there_are_seats_enough_nothing_is_said(event, moderator, seats):
    come(event, 5)
    round_ = plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity=seats)
    assert "seats for" not in preview(moderator, round_)
    start(event, "Round 1")
    assert "seats for" not in cockpit(moderator, event)


def test_a_room_that_moderators_have_filled_is_named(event, moderator, join):
    people = [join(event) for _ in range(3)]
    plan(event, "Round 1", mode="self_select", topics=TOPICS, capacity="2")
    round_ = start(event, "Round 1")
    form = {"person": [visitor.participant_id for visitor in people]}
    moderator.post(f"/rooms/{round_.rooms[1].id}/moves", form)
    assert "More people than seats in room 2." in cockpit(moderator, event)


def test_what_is_prepared_beyond_the_most_people_in_a_room_is_told(event, moderator, join):
    people = [join(event) for _ in range(4)]
    round_ = plan(event, "Round 1", mode="manual", topics=TOPICS, capacity="2")
    assert "More people than seats would be" not in preview(moderator, round_)
    form = {f"place-{visitor.participant_id}": "2" for visitor in people[:3]}
    moderator.put(f"/rounds/{round_.id}/places", form)
    words = "More people than seats would be in room 2."
    assert words in preview(moderator, round_)
    round_ = start(event, "Round 1")
    assert sizes(round_) == [1, 3]
    assert "More people than seats in room 2." in cockpit(moderator, event)


def test_whom_nobody_has_prepared_goes_where_there_are_seats(event, moderator, join):
    people = [join(event) for _ in range(5)]
    round_ = plan(event, "Round 1", mode="manual", topics="One\nTwo\nThree", capacity="2")
    form = {f"place-{visitor.participant_id}": "1" for visitor in people[:2]}
    moderator.put(f"/rounds/{round_.id}/places", form)
    round_ = start(event, "Round 1")
    assert sizes(round_) == [2, 2, 1]
    come(event, 1)
    assert sizes(round_) == [2, 2, 2]


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("self_select", "What people choose comes first."),
        ("wishes", "What people choose comes first."),
        ("manual", "Whom you prepare is where you put them."),
        ("municipality", "Pairs hold where a large group is split."),
    ],
)
def test_where_pairs_hold_stands_beside_them(event, moderator, mode, words):
    assert words in preview(moderator, plan(event, "Round 1", mode=mode))


def test_a_pair_that_was_prepared_otherwise_is_marked(event, moderator, join):
    people = [join(event) for _ in range(4)]
    round_ = plan(event, "Round 1", mode="manual", topics=TOPICS)
    ids = [visitor.participant_id for visitor in people]
    for first, second, bond in ((0, 1, "together"), (2, 3, "apart")):
        form = {"first": ids[first], "second": ids[second], "bond": bond}
        moderator.post(f"/rounds/{round_.id}/pairs", form)
    assert "would not hold now" not in preview(moderator, round_)
    moderator.put(f"/rounds/{round_.id}/places", {f"place-{id}": "1" for id in ids[1:]})
    moderator.put(f"/rounds/{round_.id}/places", {f"place-{ids[0]}": "2"})
    assert preview(moderator, round_).count("would not hold now") == 2
    assert item(event, "Round 1").started_at is None
