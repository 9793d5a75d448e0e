"""A round is planned, looked at beforehand, and begun; people name wishes on their phones."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from app.breakouts import actions, queries
from app.breakouts.models import Round
from app.database import locked, transaction
from app.events import actions as events
from app.events.models import Event
from tests.browser.actors import Moderator, Participant, gathered
from tests.browser.person import Hall, look_at
from tests.factories import look_again

pytestmark = pytest.mark.browser

NAMES = ("Ada Auer", "Ben Baker", "Cem Can", "Dora Dean")
ITEMS = [
    {"kind": "welcome", "title": "Welcome"},
    {"kind": "breakout", "title": "Groups", "minutes": 10, "settings": {"mode": "automatic"}},
    {"kind": "breakout", "title": "Topics", "minutes": 10, "settings": {"mode": "wishes"}},
]


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference that has begun, with two rounds to come."""
    with transaction():
        event = events.create_event("Conference", language="en", items=ITEMS)
        events.start_step(event, event.items[0])
    return event


@pytest.fixture
def people(hall: Hall, event: Event) -> list[Participant]:
    """Those who are there."""
    return gathered(hall, event, *NAMES)


def round_called(event: Event, title: str) -> Round:
    look_again()
    (item,) = [item for item in event.items if item.title == title]
    found = queries.round_of(item)
    assert found is not None
    return found


def test_a_round_is_planned_previewed_and_opened_as_it_was_shown(
    event: Event, mona: Moderator, people: list[Participant]
) -> None:
    round_ = round_called(event, "Groups")
    mona.open(f"/e/{event.code}/rounds")
    mona.sees("h2", "Groups")
    mona.sees(".voices", "There are no topics yet.")
    mona.is_usable()
    mona.press(f'a[href="/e/{event.code}/items/{round_.item_id}"]')
    mona.tap(mona.find("#round-more > summary"))
    mona.fill(mona.find("#round-topics"), "Transfer\nMaterial")
    mona.is_usable()
    mona.press("#item-form .btn-primary")
    mona.arrives("/cockpit$")
    mona.open(f"/rounds/{round_.id}/preview")
    expect(mona.find(".room-row")).to_have_count(2)
    mona.is_usable()
    mona.find("#pair-first").select_option(label=NAMES[0])
    mona.find("#pair-second").select_option(label=NAMES[1])
    mona.find("#pair-bond").select_option("together")
    mona.press("#pair-form button")
    mona.sees(".member-name", f"{NAMES[0]} · {NAMES[1]}")
    with mona.anew(".room-row"):
        mona.press('form[action$="/deals"] button')
    shown = [set(row.locator(".person-name").all_inner_texts()) for row in rows(mona)]
    assert sorted(map(len, shown)) == [2, 2]
    assert set(NAMES[:2]) in shown
    with transaction():
        events.start_step(event, round_.item)
    rooms = {person.name: person.room for person in people}
    inside = [{name for name in NAMES if rooms[name] == room} for room in set(rooms.values())]
    assert sorted(map(sorted, inside)) == sorted(map(sorted, shown))
    people[0].press(".room-with a")
    people[0].sees("h1", "Why room")
    people[0].is_usable()


def test_who_leads_and_takes_notes_is_named_before_and_known_as_the_rooms_open(
    event: Event, mona: Moderator, people: list[Participant]
) -> None:
    round_ = round_called(event, "Groups")
    with transaction():
        settings = {"mode": "automatic", "topics": "Transfer\nMaterial", "facilitator": "lot"}
        events.change_item(round_.item, settings=settings)
    mona.open(f"/rounds/{round_.id}/preview")
    mona.press(f'a[href="/rounds/{round_.id}/places"]')
    for name, part, room in (
        (NAMES[0], "Leads the talk", "2 · Material"),
        (NAMES[1], "Leads the talk", "where needed"),
        (NAMES[2], "Takes notes", "where needed"),
    ):
        mona.find(".pick-list li", name).locator("input").check()
        mona.find("#named-part").select_option(label=part)
        mona.find("#named-room").select_option(label=room)
        mona.press("#name-form .btn-primary")
        mona.sees("#named .member-name", name)
        mona.sees("#named .member-place", f"{part} · {room}")
    look_at("roles", "named", mona)
    mona.open(f"/e/{event.code}/rounds")
    mona.sees(".voices", "named beforehand: 2 lead the talk, 1 take notes")
    look_at("roles", "rounds", mona)
    mona.open(f"/rounds/{round_.id}/preview")
    mona.sees(".room-row:nth-child(1) .voices", f"Leads the talk: {NAMES[1]}")
    mona.sees(".room-row:nth-child(2) .voices", f"Leads the talk: {NAMES[0]}")
    look_at("roles", "preview", mona)
    people[2].sees("#roles-ahead", "In “Groups” you will take notes.")
    with transaction():
        events.start_step(event, round_.item)
    for person, number in ((people[0], 2), (people[1], 1)):
        person.sees(".room-duty", f"Leads the talk: {person.name}")
        assert round_.rooms[number - 1].id == person.room
        person.is_usable()
    people[2].sees(".room-duty", f"Takes notes: {NAMES[2]}")
    people[0].press(".room-duty button", "Give it back")
    people[0].sees(".room-duty", "Leads the talk: nobody yet")


def rows(person: Moderator) -> list[Locator]:
    return person.find(".room-row").all()


def test_wishes_are_named_on_a_phone_and_come_true_together(
    event: Event, mona: Moderator, people: list[Participant]
) -> None:
    round_ = round_called(event, "Topics")
    settings = {"mode": "wishes", "topics": "Transfer\nMaterial\nLaw", "capacity": "2"}
    with transaction():
        events.change_item(round_.item, settings=settings)
        events.start_step(event, round_.item)
    for person in people:
        person.arrives(r"/room$")
        person.find("#wish-1").select_option(label="1 · Transfer (2 seats)")
        person.find("#wish-2").select_option(label="3 · Law (2 seats)")
        person.press("#room-wishes .btn-primary")
        person.sees(".notice", "Your wishes are noted.")
    people[0].is_usable()
    mona.open(f"/rounds/{round_.id}/preview")
    mona.sees("p", "2 get their first wish, 2 their second, 0 their third, 0 none of theirs.")
    with transaction():
        actions.end_choosing(locked(Round, round_.id))
    rooms = [person.room for person in people]
    assert sorted(map(rooms.count, set(rooms))) == [2, 2]
    titles = {person.find("h1.room-title").inner_text() for person in people}
    assert titles == {"Transfer", "Law"}


def test_people_are_prepared_by_hand_and_from_a_list(
    event: Event, mona: Moderator, people: list[Participant]
) -> None:
    round_ = round_called(event, "Groups")
    with transaction():
        events.change_item(round_.item, settings={"mode": "manual", "topics": "Transfer\nMaterial"})
    mona.open(f"/rounds/{round_.id}/places")
    mona.is_usable()
    mona.find("#places").get_by_label(NAMES[0]).select_option(label="2 · Material")
    mona.press("#places .btn-primary")
    mona.sees(".roster small", "prepared")
    mona.press(f'a[href="/rounds/{round_.id}/places"]')
    with mona.refused(422):
        send_list(mona, f"name,room\n{NAMES[1]},Material\nNobody,Transfer\n")
        mona.sees(".complaints", "Line 3: Nobody called “Nobody” is in this event.")
    mona.is_usable()
    send_list(mona, f"name,room\n{NAMES[1]},Material\n")
    mona.sees(".flash, [role=status]", "1 person has a place now.")
    expect(mona.find(".roster small", "prepared")).to_have_count(2)
    with transaction():
        events.start_step(event, round_.item)
    assert people[0].room == people[1].room != people[2].room == people[3].room
    mona.open(f"/rounds/{round_.id}/placements")
    mona.sees("td", "Prepared by the moderators.")
    mona.is_usable()


def send_list(person: Moderator, text: str) -> None:
    file = {"name": "places.csv", "mimeType": "text/csv", "buffer": text.encode()}
    person.find("#place-file").set_input_files(file)
    person.press("#place-list button")
