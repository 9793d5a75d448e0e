"""People are picked in the cockpit and moved or swapped: with keys alone, or on a tablet."""

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import ViewportSize, expect

from app.breakouts.models import Round
from app.events.models import Event
from tests.breakouts.rounds import make_conference, start
from tests.browser.actors import Moderator, ModeratorWithoutPointer, Participant, gathered, leading
from tests.browser.person import Hall
from tests.factories import look_again

pytestmark = pytest.mark.browser

NAMES = ("Ada", "Bea", "Cleo")


class ModeratorWithTablet(Moderator):
    """Who leads with a tablet in hand."""

    viewport = ViewportSize(width=820, height=1180)

    def _options(self) -> dict[str, Any]:
        return {"has_touch": True}


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference with three topics."""
    return make_conference()


@pytest.fixture
def people(hall: Hall, event: Event) -> dict[str, Participant]:
    """Three who are in a room each."""
    there = {person.name: person for person in gathered(hall, event, *NAMES)}
    assert isinstance(start(event, "Round 1"), Round)
    assert len({person.room for person in there.values()}) == len(NAMES)
    return there


def tile(room: int) -> str:
    return f"#room-tile-{room}"


def pick(mona: Moderator, room: int, name: str) -> None:
    """Unfold who is in a room, and pick somebody."""
    folded = mona.find(f"{tile(room)} details.room-people:not([open]) summary")
    if folded.count():
        mona.tap(folded)
    mona.tap(mona.find(f"{tile(room)} .seat-list li", name).locator("input"))


def test_the_keyboard_alone_moves_somebody_and_swaps_two(
    hall: Hall, event: Event, people: dict[str, Participant]
) -> None:
    ada, bea, cleo = people.values()
    first, second, third = ada.room, bea.room, cleo.room
    mona = leading(hall, event, ModeratorWithoutPointer)
    mona.does_not_see(".bring-here")
    mona.does_not_see("seat-picks")

    pick(mona, first, "Ada")
    expect(mona.find("#announcer")).to_contain_text("Ada is picked.")
    mona.does_not_see(f"{tile(first)} .bring-here button")
    mona.does_not_see("button", "Swap Ada")
    mona.is_usable()
    mona.tap(mona.find(f"{tile(second)} .bring-here button", "Bring Ada here"))
    ada.arrives(rf"/rooms/{second}$")
    expect(mona.find("#notices")).to_contain_text("Ada is in room")
    mona.does_not_see(".bring-here")
    expect(mona.find(tile(second))).to_be_focused()

    pick(mona, second, "Bea")
    pick(mona, third, "Cleo")
    expect(mona.find("#announcer")).to_contain_text("2 people are picked: ")
    mona.sees("seat-picks button", "Swap Bea and Cleo")
    mona.is_usable()
    mona.keys("s")
    bea.arrives(rf"/rooms/{third}$")
    cleo.arrives(rf"/rooms/{second}$")
    assert ada.room == second
    mona.does_not_see("seat-picks")
    hall.check()


def test_single_keys_bring_who_is_picked_into_the_room_one_goes_to(
    hall: Hall, event: Event, people: dict[str, Participant]
) -> None:
    look_again()
    ada = people["Ada"]
    rooms = sorted(person.room for person in people.values())
    mona = leading(hall, event, ModeratorWithoutPointer)
    pick(mona, ada.room, "Ada")
    mona.keys("Escape")
    expect(mona.find("#announcer")).to_contain_text("Nobody is picked.")
    mona.does_not_see(".bring-here")
    mona.keys("Space")
    mona.sees("seat-picks", "Ada is picked.")
    goal = rooms[-1] if ada.room != rooms[-1] else rooms[0]
    for _tile in rooms:
        mona.keys("j" if goal == rooms[-1] else "k")
    expect(mona.find(tile(goal))).to_be_focused()
    mona.keys("m")
    ada.arrives(rf"/rooms/{goal}$")
    hall.check()


def test_on_a_tablet_a_tap_picks_and_a_tap_moves(
    hall: Hall, event: Event, people: dict[str, Participant]
) -> None:
    ada, bea, _cleo = people.values()
    goal = bea.room
    mona = leading(hall, event, ModeratorWithTablet)
    mona.find(f"{tile(ada.room)} .room-people summary").tap()
    line = mona.find(f"{tile(ada.room)} .seat-list li", "Ada")
    line.tap()
    expect(line).not_to_have_attribute("draggable", "true")
    button = mona.sees(f"{tile(goal)} .bring-here button", "Bring Ada here")
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 36
    mona.is_usable()
    button.tap()
    ada.arrives(rf"/rooms/{goal}$")
    mona.does_not_see(".bring-here")
    hall.check()
