"""People are picked from a long list and named; each of them is told, and may say no."""

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.breakouts import queries
from app.breakouts.models import Round
from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from app.permissions import Role
from tests.breakouts.rounds import make_conference, start
from tests.browser.actors import Moderator, ModeratorWithoutPointer, gathered, known, leading
from tests.browser.person import Hall
from tests.factories import look_again

pytestmark = pytest.mark.browser

FIRST = ("Ada", "Béa", "Cem", "Dora", "Emil", "Fatma")
LAST = ("Auer", "Baker", "Can", "Dean", "Eich", "Falk", "Graf")
PICKED = "people-picks [data-picked]"
COUNT = "people-picks [data-count]"


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference of many that is at the step before its first round."""
    event = make_conference()
    start(event, "Flash poll")
    for first in FIRST:
        for last in LAST:
            with transaction():
                events.join(event, name=f"{first} {last}", language="en")
    return event


@pytest.fixture
def round_(event: Event) -> Round:
    """The round that is next."""
    round_ = queries.round_of(event.items[1])
    assert round_ is not None
    return round_


def named_in(round_: Round) -> dict[str, str]:
    look_again()
    return {each.person.name: each.part.value for each, _at in queries.nominations_in(round_)}


def test_several_of_many_are_found_picked_and_named_with_keys_alone(
    hall: Hall, event: Event, round_: Round
) -> None:
    mona = leading(hall, event, ModeratorWithoutPointer)
    mona.open(f"/rounds/{round_.id}/places")
    mona.sees(COUNT, "42 of 42 people")
    find = mona.find("#name-query")
    mona.fill(find, "bea")
    mona.sees(COUNT, "7 of 42 people")
    mona.fill(find, "bea gr")
    mona.sees(COUNT, "1 of 42 people")
    mona.keys("Enter")
    expect(mona.find(".pick-list li", "Béa Graf").locator("input")).to_be_focused()
    mona.keys("Space")
    mona.sees(PICKED, "Picked: Béa Graf")
    mona.fill(find, "auer")
    mona.tap(mona.find(".pick-list li", "Cem Auer").locator("input"))
    mona.sees(PICKED, "2 people are picked: Béa Graf, Cem Auer")
    mona.is_usable()
    mona.tap(mona.find("#name-form .btn-primary"))
    mona.sees("#named", "Béa Graf")
    assert named_in(round_) == {"Béa Graf": "facilitator", "Cem Auer": "facilitator"}
    mona.sees(".pick-list li", "Cem Auer Leads the talk")
    mona.tap(mona.find(".pick-list li", "Dora Dean").locator("input"))
    mona.sees(PICKED, "Dora Dean")
    mona.tap(mona.find("#name-form button[type=reset]"))
    expect(mona.find(PICKED)).to_have_text("")
    hall.check()


def test_who_is_named_is_told_declines_with_a_tap_and_may_change_their_mind(
    hall: Hall, event: Event, round_: Round, mona: Moderator
) -> None:
    ada, bea = gathered(hall, event, "Ada Adler", "Bea Birk")
    other = gathered(hall, event, "Olga Other")[0]
    mona.open(f"/rounds/{round_.id}/places")
    for name in ("Ada Adler", "Bea Birk"):
        mona.find(".pick-list li", name).locator("input").check()
    mona.find("#named-room").select_option("2")
    mona.press("#name-form .btn-primary")
    mona.sees("#named", "Ada Adler")
    for each in (ada, bea):
        each.sees("#roles-ahead", "In “Round 1” you will lead the talk, in room 2")
        expect(each.find("#announcer")).to_contain_text("you will lead the talk")
        each.is_usable()
    other.does_not_see("#roles-ahead .notice")
    mona.open(f"/e/{event.code}/cockpit")
    ada.press("#roles-ahead button")
    ada.sees("#roles-ahead", "You would rather not lead the talk in “Round 1”.")
    ada.is_usable()
    mona.sees("#declined", "Ada Adler would rather not lead the talk in “Round 1”.")
    expect(mona.find("#announcer")).to_contain_text("Ada Adler would rather not lead the talk")
    mona.is_usable()
    mona.press("#declined a")
    mona.arrives(f"/rounds/{round_.id}/places#named-title$")
    mona.sees("#named li", "would rather not")
    mona.tap(mona.find("#named li", "Bea Birk").locator("button"))
    bea.sees("#notices", "In “Round 1” you do not lead the talk any more.")
    bea.does_not_see("#roles-ahead .notice")
    ada.press("#roles-ahead button")
    ada.sees("#roles-ahead", "you will lead the talk, in room 2")
    mona.open(f"/e/{event.code}/cockpit")
    mona.does_not_see("#declined")
    other.does_not_see("#notices p")
    hall.check()


@pytest.fixture
def plain(hall: Hall, event: Event) -> "PlainModerator":
    """Mona, whose browser has no scripts."""
    return known(PlainModerator(hall, "Mona", language="en"), event, Role.MODERATOR)


class PlainModerator(Moderator):
    """Who leads in a browser without scripts."""

    def _options(self) -> dict[str, bool]:
        return {"java_script_enabled": False}


def test_without_scripts_people_are_found_and_named_as_well(
    plain: PlainModerator, round_: Round
) -> None:
    page = plain.page
    page.goto(f"{plain.root}/rounds/{round_.id}/places")
    page.fill("#name-query", "fatma")
    page.click("#name-search button")
    assert page.locator(".pick-list li").count() == len(LAST)
    for name in ("Fatma Eich", "Fatma Falk"):
        page.locator(".pick-list li", has_text=name).locator("input").check()
    page.select_option("#named-part", "notes")
    page.click("#name-form .btn-primary")
    page.wait_for_selector("#named")
    assert named_in(round_) == {"Fatma Eich": "notes", "Fatma Falk": "notes"}
