"""A room on a small phone: all that matters is seen at once, and what happens is not missed."""

import pytest
from flask import Flask
from playwright.sync_api import Locator, ViewportSize

from app.breakouts.actions import appoint, write_contribution
from app.breakouts.models import Part, Room, Round
from app.database import locked, transaction
from app.events.models import Event
from app.events.models import Participant as Somebody
from app.extensions import db
from tests.breakouts.rounds import make_conference, start
from tests.browser.actors import Moderator, Participant, known
from tests.browser.person import Hall

pytestmark = pytest.mark.browser

IN_SIGHT = """each => {
  const { top, bottom, left, width } = each.getBoundingClientRect();
  const found = document.elementFromPoint(left + width / 2, (top + bottom) / 2);
  return top >= 0 && bottom <= innerHeight && (each === found || each.contains(found));
}"""
MANY = 12


class SmallPhone(Participant):
    """Somebody with a small phone."""

    viewport = ViewportSize(width=360, height=740)


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference with one topic."""
    return make_conference(("Reaching parents early and fittingly",))


@pytest.fixture
def ada(hall: Hall, event: Event) -> SmallPhone:
    """Somebody in a room with one other."""
    people = [known(SmallPhone(hall, name, language="en"), event) for name in ("Ada", "Ben")]
    for person in people:
        person.open(f"/e/{event.code}")
    start(event, "Round 1")
    assert people[0].room == people[1].room
    return people[0]


def is_in_sight(found: Locator) -> bool:
    return bool(found.first.evaluate(IN_SIGHT))


def comes_in_sight(person: Participant, selector: str) -> None:
    for _try in range(50):
        if is_in_sight(person.find(selector)):
            return
        person.page.wait_for_timeout(100)
    raise AssertionError(f"{selector} does not come in sight")


def test_one_sees_where_one_is_how_long_with_whom_and_what_can_be_said(ada: SmallPhone) -> None:
    seen = (
        ".room-number",
        "h1.room-title",
        ".live-head count-down",
        ".roster",
        "#contributions-title",
        ".room-composer textarea",
        ".room-composer .btn-primary",
        ".room-help button",
    )
    for selector in seen:
        assert is_in_sight(ada.sees(selector)), selector
    assert ada.page.evaluate("document.documentElement.scrollWidth") <= 360
    ada.press(".room-ways a", "Notes")
    comes_in_sight(ada, ".room-notes h2")
    assert is_in_sight(ada.find(".live-head count-down"))
    ada.is_usable()


def test_what_happens_is_told_to_who_reads_further_down(
    ada: SmallPhone, event: Event, mona: Moderator
) -> None:
    write_much(ada)
    ada.press(".room-help button")
    ada.sees(".room-help .notice")
    ada.reload()
    ada.find(".room-report h2").scroll_into_view_if_needed()
    mona.press("button", "I am coming")
    ada.sees("#notices", "Mona is coming to you.")
    ada.page.evaluate("scrollTo(0, 0)")
    person = db.session.query(Somebody).filter_by(name="Ada").one()
    with transaction():
        room = db.session.get_one(Room, ada.room)
        locked(Round, room.round_id)
        appoint(room, Part.FACILITATOR, person, person)
    part = ada.sees(".my-part", "You lead the talk")
    assert is_in_sight(part)
    ada.does_not_see("#notices .notice", "You lead the talk")
    ada.does_not_see(".my-part--notes")


def write_much(ada: SmallPhone) -> None:
    room_id = ada.room
    for number in range(MANY):
        with transaction():
            room = db.session.get_one(Room, room_id)
            person = db.session.query(Somebody).filter_by(name="Ben").one()
            write_contribution(room, person, "experience", f"Experience {number}", f"k{number}")
