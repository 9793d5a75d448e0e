"""Who is moved, or looks at another page than their room: they are told, and lose nothing."""

from contextlib import suppress
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from app.breakouts.actions.timing import extend_room
from app.breakouts.models import GRACE, Room, Round
from app.database import locked, now, transaction
from app.events.models import Event
from app.extensions import db
from tests.breakouts.rounds import make_conference
from tests.browser.actors import Moderator, Participant
from tests.browser.person import SETTLED, Hall
from tests.browser.test_rooms import (
    COMPOSER,
    deadline_of,
    hall_of,
    locked_room,
    opened,
    seat,
)

pytestmark = pytest.mark.browser

REPORT = "#report-discussed"
CLOCK = ".live-head count-down"


@pytest.fixture
def event(app) -> Event:
    return make_conference()


def name_of(room_id: int) -> str:
    """What somebody is told who is brought into a room."""
    room = db.session.get_one(Room, room_id)
    return f"You are in room {room.number} now: {room.title}"


def test_a_half_sentence_goes_along_with_who_is_moved_and_they_are_told(
    hall: Hall, event: Event, mona: Moderator
) -> None:
    people = hall_of(hall, event, "Ada", "Bea", "Cleo")
    opened(event, mona)
    ada, bea, third = people.values()
    before = {name: each.room for name, each in people.items()}
    ada.find(COMPOSER).fill("In our town we have")
    third.find(COMPOSER).fill("I am writing just now")
    for each in people.values():
        each.does_not_see("#notices p")
    for each in (ada, bea):
        seat(mona, each).locator("input").check()
    mona.press("button[formaction$='/swaps']")
    for one, other in ((ada, "Bea"), (bea, "Ada")):
        one.arrives(rf"/rooms/{before[other]}$")
        one.sees("#notices[role=status]", name_of(before[other]))
    expect(ada.find(COMPOSER)).to_have_value("In our town we have")
    expect(bea.find(COMPOSER)).to_have_value("")
    third.does_not_see("#notices p")
    expect(third.find(COMPOSER)).to_have_value("I am writing just now")
    ada.contribute("concern", "In our town we have nobody")
    ada.reload()
    ada.does_not_see("#notices p")
    expect(ada.find(COMPOSER)).to_have_value("")
    hall.check()


def test_pages_beside_the_room_are_told_keep_its_time_and_lead_back_with_it(
    hall: Hall, event: Event, mona: Moderator
) -> None:
    people = hall_of(hall, event, "Ada", "Bea", "Cleo", "Dora", "Emil")
    round_ = opened(event, mona)
    ada, bea, cleo, dora, emil = people.values()
    rooms = {name: each.room for name, each in people.items()}
    ada.open(f"/rooms/{rooms['Ada']}/report")
    bea.open(f"/rooms/{rooms['Bea']}/report")
    cleo.open(f"/e/{event.code}/questions")
    dora.open(f"/rounds/{round_.id}/me/reason")
    ada.find(REPORT).fill("We have talked about")
    for each in people.values():
        until_heard(mona, each, f"{each.name} hears us")
    for each in people.values():
        expect(each.find("#notices p")).to_have_count(0)
    say(mona, "Ten minutes are left")
    for each in people.values():
        each.sees("#notices", "Ten minutes are left")
        assert each.find("#notices p").count() == 1
    with transaction():
        for room in {rooms[each.name] for each in (ada, cleo, dora)}:
            extend_room(locked_room(round_, room), 3)
    for each in (ada, cleo, dora):
        expect(each.find(CLOCK)).to_have_attribute("deadline", deadline_of(rooms[each.name]))
    cleo.sees(".way-back a", "To my room")
    for each in (ada, bea, cleo, dora):
        each.is_usable()

    mona.press(".next-step")
    for each in (bea, cleo, dora, emil):
        each.arrives(f"/e/{event.code}$", within=SETTLED)
    stays(ada, "We have talked about")
    ada.find(REPORT).fill("We have talked about everything")
    ada.press("form[id^=report-form] .btn-primary")
    ada.sees(".notice", "This is what your room hands in.")
    expect(ada.find(REPORT)).to_have_value("We have talked about everything")
    hall.check()


def stays(writer, text: str) -> None:
    """Who is writing what a room hands in goes on; the page knows that the room is over."""
    writer.sees("#notices", "You can finish writing here")
    writer.sees("form[id^=report-form] a", "Back to the plenum", within=SETTLED)
    writer.does_not_see(CLOCK)
    writer.arrives("/report$")
    expect(writer.find(REPORT)).to_have_value(text)


def test_when_a_room_ends_before_the_others_its_pages_lead_back_alone(
    hall: Hall, event: Event, mona: Moderator
) -> None:
    people = hall_of(hall, event, "Ada", "Bea", "Cleo", "Dora")
    round_ = opened(event, mona)
    rooms = {name: each.room for name, each in people.items()}
    ids = list(rooms.values())
    (first, second) = (n for n in rooms if ids.count(rooms[n]) == 2)
    (third, fourth) = rooms.keys() - {first, second}
    people[first].open(f"/rounds/{round_.id}/me/reason")
    people[second].open(f"/rooms/{rooms[second]}/report")
    people[second].find(REPORT).fill("Half of")
    people[third].open(f"/rounds/{round_.id}/me/reason")
    people[fourth].open(f"/rooms/{rooms[fourth]}/report")
    with transaction():
        locked(Round, round_.id)
        ended = db.session.get_one(Room, rooms[first])
        ended.ends_at = now() - GRACE - timedelta(seconds=1)
    people[first].arrives(f"/e/{event.code}$", within=SETTLED)
    stays(people[second], "Half of")
    people[third].arrives("/me/reason$")
    people[fourth].arrives("/report$")
    people[third].open(f"/rounds/{round_.id}/me/reason")
    people[third].sees("a", "To my room")
    people[first].open(f"/rounds/{round_.id}/me/reason")
    people[first].arrives(f"/e/{event.code}$")
    hall.check()


def test_who_is_asking_something_as_the_round_ends_may_finish_the_question(
    hall: Hall, event: Event, mona: Moderator
) -> None:
    (ada,) = hall_of(hall, event, "Ada").values()
    opened(event, mona)
    assert ada.room
    ada.open(f"/e/{event.code}/questions")
    ada.find("#question-text").fill("Who pays")
    mona.press(".next-step")
    ada.sees("#notices", "You can finish your question here")
    ada.does_not_see(CLOCK)
    ada.does_not_see(".way-back")
    ada.arrives("/questions$")
    expect(ada.find("#question-text")).to_have_value("Who pays")
    ada.find("#question-text").fill("Who pays for it?")
    ada.press("#question-form .btn-primary")
    ada.sees("#questions-open", "Who pays for it?")
    hall.check()


def test_however_much_is_said_at_once_the_head_stays_free(
    hall: Hall, event: Event, mona: Moderator
) -> None:
    (ada,) = hall_of(hall, event, "Ada").values()
    opened(event, mona)
    room = ada.room
    for path in (f"/rooms/{room}", f"/rooms/{room}/report", f"/e/{event.code}/questions"):
        ada.open(path)
        until_heard(mona, ada, f"First of {path}")
        for number in (1, 2, 3):
            say(mona, f"Word {number} of {path}")
            ada.sees("#notices", f"Word {number} of {path}")
        head = ada.find(".live-head").bounding_box()
        first = ada.find("#notices p").first.bounding_box()
        assert head is not None
        assert first is not None
        assert first["y"] >= head["y"] + head["height"]
    hall.check()


def say(mona: Moderator, words: str) -> None:
    """Send a message to all rooms."""
    mona.find("#message-text").fill(words)
    mona.press("button[form=message-form]")


def until_heard(mona: Moderator, person: Participant, words: str) -> None:
    """Say it again until it is heard: what came before a page was connected stands in its room."""
    for _ in range(10):
        say(mona, words)
        with suppress(AssertionError):
            person.sees("#notices", words, within=2000)
            return
    person.sees("#notices", words)
