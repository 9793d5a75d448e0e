"""People choose rooms with few seats: they wait, change their minds, and all have one at last."""

import re

import pytest
from playwright.sync_api import expect

from app.breakouts import queries
from app.breakouts.models import Round
from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from tests.browser.actors import Moderator, Participant, gathered
from tests.browser.person import Hall, look_at
from tests.factories import look_again

pytestmark = pytest.mark.browser

NAMES = ("Ada", "Ben", "Cem")
SETTINGS = {
    "mode": "self_select",
    "topics": "Transfer\nMaterial",
    "capacity": "1",
    "choosing_minutes": "9",
}
ITEMS = [
    {"kind": "welcome", "title": "Welcome"},
    {"kind": "breakout", "title": "Topics", "minutes": 10, "settings": SETTINGS},
]


@pytest.fixture
def event(app) -> Event:
    with transaction():
        event = events.create_event("Conference", language="en", items=ITEMS)
        events.start_step(event, event.items[0])
    return event


@pytest.fixture
def people(hall: Hall, event: Event) -> list[Participant]:
    return gathered(hall, event, *NAMES)


def opened(event: Event, mona: Moderator) -> Round:
    """The round, which the moderator has come to."""
    mona.next()
    look_again()
    round_ = queries.open_round(event.id)
    assert round_ is not None
    return round_


def row(number: int) -> str:
    return f".room-choice > li:nth-child({number})"


def test_a_full_room_offers_to_wait_at_once_and_who_is_in_it_may_choose_again(
    event: Event, mona: Moderator, people: list[Participant]
) -> None:
    round_ = opened(event, mona)
    ada, ben, cem = people
    for person in people:
        person.sees(f"{row(1)} button", "Choose")
    mona.sees(".round-balance .notice", "There are only 2 seats for 3 people.")
    ada.press(f"{row(1)} button", "Choose")
    ada.sees(".room-title", "Transfer")
    for person in (ben, cem):
        person.sees(f"{row(1)} button", "Wait for a seat")
        person.sees(f"{row(2)} button", "Choose")
    look_at("choosing", "full", ben)
    ben.press(f"{row(1)} button", "Wait for a seat")
    ben.sees(".notice", "You are waiting for a seat in room 1.")
    cem.press(f"{row(2)} button", "Choose")
    cem.sees(".room-title", "Material")

    look_at("choosing", "room", ada)
    ada.press(".room-head a", "Choose another topic")
    ada.sees(f"{row(1)} a", "Stay here")
    ada.sees(f"{row(2)} button", "Wait for a seat")
    cem.press(".room-head a", "Choose another topic")
    cem.press(f"{row(1)} button", "Wait for a seat")
    cem.sees(".notice", "You are waiting for a seat in room 1.")
    ada.press(f"{row(2)} button", "Wait for a seat")
    ada.sees(".notice", "You are waiting for a seat in room 2.")

    mona.press(".next-step", "End the choosing")
    mona.sees(".next-step", "End the round")
    for person in people:
        person.sees(".room-number", "You are in room")
        person.does_not_see(".room-head a", "Choose another topic")
    look_again()
    assert ada.room == round_.rooms[0].id
    assert cem.room == round_.rooms[1].id
    mona.sees(".round-balance .notice", "There are only 2 seats for 3 people.")


def test_who_gives_a_seat_up_lets_in_whoever_waits(
    event: Event, mona: Moderator, people: list[Participant]
) -> None:
    opened(event, mona)
    ada, ben, cem = people
    ada.press(f"{row(1)} button", "Choose")
    ben.press(f"{row(1)} button", "Wait for a seat")
    ben.sees(".notice", "You are waiting for a seat in room 1.")
    ada.press(".room-head a", "Choose another topic")
    ada.press(f"{row(2)} button", "Choose")
    ada.sees(".room-title", "Material")
    ben.sees(".room-title", "Transfer")
    cem.sees(f"{row(2)} button", "Wait for a seat")
    cem.sees(f"{row(1)} button", "Wait for a seat")
    expect(cem.find(".room-choice button", "Choose")).to_have_count(0)


def test_a_choice_that_was_ended_too_soon_is_opened_again(
    event: Event, mona: Moderator, people: list[Participant]
) -> None:
    round_ = opened(event, mona)
    ada, ben, _cem = people
    ada.press(f"{row(1)} button", "Choose")
    ada.sees(".room-title", "Transfer")
    mona.keys("n")
    mona.sees(".next-step", "End the round")
    ben.sees(".room-number", "You are in room")
    mona.keys("n")
    ben.arrives(f"/e/{event.code}$")
    mona.press("button", "Open again")
    for person in people:
        person.sees(".room-number", "You are in room")
    assert ada.room == round_.rooms[0].id


def test_what_has_had_its_time_in_a_running_round_is_greyed_out(
    event: Event, mona: Moderator, people: list[Participant]
) -> None:
    round_ = opened(event, mona)
    ada, ben, _cem = people
    ada.press(f"{row(1)} button", "Choose")
    ben.sees(f"{row(1)} button", "Wait for a seat")
    mona.open(f"/e/{event.code}/items/{round_.item_id}")
    mona.sees(".step-settings .notice", "This round has begun.")
    expect(mona.find("#round-mode")).to_be_disabled()
    expect(mona.find("#round-mode")).to_have_value("self_select")
    look_at("choosing", "settings", mona)
    mona.fill(mona.find("#round-capacity"), "2")
    mona.press("#item-form .btn-primary")
    mona.arrives("/cockpit$")
    ben.sees(f"{row(1)} .voices", "1 of 2 seats")
    ben.press(f"{row(1)} button", "Choose")
    ben.sees(".room-title", "Transfer")
    look_again()
    assert round_.mode == "self_select"
    assert round_.item.settings["topics"].split() == ["Transfer", "Material"]


def test_a_room_is_called_otherwise_and_has_more_seats_while_people_choose(
    event: Event, mona: Moderator, people: list[Participant]
) -> None:
    round_ = opened(event, mona)
    ada, ben, cem = people
    tile = f"#room-tile-{round_.rooms[0].id}"
    ada.press(f"{row(1)} button", "Choose")
    ben.press(f"{row(1)} button", "Wait for a seat")
    ben.sees(".notice", "You are waiting for a seat in room 1.")
    mona.press(f"{tile} a", "Name and seats")
    mona.sees("h1", "Room 1")
    mona.is_usable()
    look_at("choosing", "name and seats", mona)
    mona.fill(mona.find("#room-title"), "Great hall")
    mona.fill(mona.find("#room-seats"), "2")
    mona.press("#room-settings .btn-primary")
    mona.arrives("/cockpit")
    mona.sees(f"{tile} h3", "1 · Great hall")
    for person in (ada, ben):
        person.sees(".room-title", "Great hall")
    expect(ada.page).to_have_title(re.compile("^Room 1 · Great hall"))
    cem.sees(row(1), "1 · Great hall")
    cem.sees(f"{row(1)} .voices", "2 of 2 seats")
    cem.sees(f"{row(2)} .voices", "0 of 1 seats")
