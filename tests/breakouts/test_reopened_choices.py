"""A round that was ended while people chose, and is opened again: nobody is without a room."""

import pytest

from app.breakouts import actions
from app.breakouts.models import PlacedHow, Placement, Round, RoundState
from app.breakouts.timekeeping import place_strays
from app.database import locked, transaction
from app.extensions import db
from tests.breakouts.plans import plan
from tests.breakouts.rounds import start, where


@pytest.fixture
def choice(event, join):
    """A round by choice in which one has chosen and two have not."""
    plan(event, "Round 2", mode="self_select", choosing_minutes="2")
    people = [join(event, f"Guest {number}") for number in range(3)]
    round_ = start(event, "Round 2")
    people[0].post(f"/rounds/{round_.id}/me", {"room": round_.rooms[0].id})
    return round_, people


def end(round_):
    with transaction():
        actions.end_round(locked(Round, round_.id))


def reopen(moderator, round_):
    assert moderator.post(f"/rounds/{round_.id}/opening").status_code == 303


def page_of(visitor, round_):
    return visitor.get(f"/rounds/{round_.id}/room", follow_redirects=True)


def test_the_big_button_ends_the_choosing_and_then_the_round(event, choice, moderator):
    round_, people = choice
    cockpit, remote = (f"/e/{event.code}/{page}" for page in ("cockpit", "remote"))
    for page in (cockpit, remote):
        assert "Next: End the choosing" in moderator.get(page).text
        assert f"/rounds/{round_.id}/choice?_method=DELETE" in moderator.get(page).text
    moderator.post(f"/rounds/{round_.id}/choice?_method=DELETE")
    assert round_.state is RoundState.OPEN
    assert None not in where(round_).values()
    for page in (cockpit, remote):
        assert "Next: End the round" in moderator.get(page).text
    assert all(page_of(visitor, round_).status_code == 200 for visitor in people)


@pytest.mark.parametrize("mode", ["self_select", "wishes"])
def test_while_there_is_time_people_go_on_choosing(event, join, moderator, mode):
    plan(event, "Round 2", mode=mode, choosing_minutes="2")
    visitor = join(event)
    round_ = start(event, "Round 2")
    end(round_)
    reopen(moderator, round_)
    assert round_.state is RoundState.CHOOSING
    assert where(round_) == {visitor.participant_id: None}
    page = page_of(visitor, round_)
    assert page.status_code == 200
    assert f'id="room-{"choice" if mode == "self_select" else "wishes"}"' in page.text


@pytest.mark.parametrize("mode", ["self_select", "wishes"])
def test_when_the_time_is_over_everybody_is_placed_and_waits_no_longer(
    event, join, moderator, mode, later
):
    plan(event, "Round 2", mode=mode, choosing_minutes="2", capacity="2")
    people = [join(event) for _ in range(4)]
    round_ = start(event, "Round 2")
    if mode == "wishes":
        wish = {"room": round_.rooms[2].id}
        people[0].put(f"/rounds/{round_.id}/wishes", wish)
    end(round_)
    later(minutes=2, seconds=1)
    reopen(moderator, round_)
    assert round_.state is RoundState.OPEN
    assert None not in where(round_).values()
    if mode == "wishes":
        assert where(round_)[people[0].participant_id] == round_.rooms[2].id
    for visitor in people:
        page = page_of(visitor, round_)
        assert page.status_code == 200
        assert "You are in room" in page.text


def test_who_had_chosen_keeps_their_room(choice, moderator, later):
    round_, people = choice
    end(round_)
    later(minutes=3)
    reopen(moderator, round_)
    assert where(round_)[people[0].participant_id] == round_.rooms[0].id


def test_going_on_and_coming_back_is_no_other_thing(event, choice, moderator, later):
    round_, people = choice
    start(event, "Plenum")
    assert round_.is_over
    start(event, "Round 2")
    later(minutes=3)
    reopen(moderator, round_)
    assert None not in where(round_).values()
    assert all(page_of(visitor, round_).status_code == 200 for visitor in people)


def leave_out(round_):
    """A round whose choosing is over, with places without a room, as a fault had left it."""
    with transaction():
        locked(Round, round_.id).state = RoundState.OPEN


def test_who_stands_outside_an_open_round_is_found(choice):
    round_, people = choice
    leave_out(round_)
    assert list(where(round_).values()).count(None) == len(people) - 1
    place_strays()
    assert None not in where(round_).values()


def test_who_stands_outside_is_placed_as_they_ask_for_their_room(choice):
    round_, people = choice
    leave_out(round_)
    page = page_of(people[1], round_)
    assert page.status_code == 200
    assert "You are in room" in page.text
    (placement,) = db.session.query(Placement).filter_by(how=PlacedHow.LATE)
    assert placement.participant_id == people[1].participant_id


def test_a_round_that_was_ended_leads_nobody_to_its_choice(event, choice):
    round_, people = choice
    end(round_)
    page = people[1].get(f"/rounds/{round_.id}/room")
    assert page.status_code == 302
    assert page.location == f"/e/{event.code}"
