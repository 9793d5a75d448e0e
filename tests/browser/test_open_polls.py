"""An open poll that one click starts: read first, with a countdown, and asked once more."""

from datetime import timedelta
from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.database import now, transaction
from app.events import actions as events
from app.events.models import Event
from app.livepolls.models import FlashPoll
from tests.browser.actors import Moderator, Screen, arrived, gathered
from tests.browser.person import Hall, Person, look_at

pytestmark = pytest.mark.browser

look = partial(look_at, "open-polls")

WAITING = "ul[id^=waiting-]"
CLOCK = "[id^=poll-clock] time"


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference that has begun."""
    with transaction():
        event = events.create_event(
            "Conference", language="en", items=[{"kind": "welcome", "title": "Welcome"}]
        )
        events.start_step(event, event.items[0])
    return event


def run_out(event: Event) -> None:
    """Let the countdown come to its end."""
    with transaction() as session:
        poll = session.query(FlashPoll).filter_by(event_id=event.id).one()
        poll.closes_at = now() - timedelta(seconds=1)


def test_a_poll_is_read_first_timed_and_asked_once_more(
    hall: Hall, mona: Moderator, event: Event
) -> None:
    ada, ben = arrived(hall, event, "Ada"), arrived(hall, event, "Ben", "de")
    screen = Screen(hall, "The screen", language="en")
    screen.context.add_cookies(mona.context.cookies())  # type: ignore[arg-type]
    screen.open(f"/e/{event.code}/screen")

    mona.press("button[formaction$='/at-once/poll']")
    ada.sees("form[id^=concern-form] textarea")
    expect(ada.sees(".promise")).to_contain_text("Others do not see your name")
    mona.press("details[id^=poll-settings] summary")
    look("settings", mona)
    mona.find("form[id^=poll-wording]").get_by_label("when a moderator has read it").check()
    mona.find("form[id^=poll-wording] [name=question]").fill("What is missing?")
    mona.press("form[id^=poll-wording] .btn", "Save")
    ada.sees(".stage-title", "What is missing?")
    expect(ada.sees(".promise")).to_contain_text("The moderators read it before everybody does.")
    mona.press("details[id^=poll-settings] summary")

    ada.write_concern("Childcare in the afternoon")
    ada.sees("#mine .badge", "Waits to be published")
    mona.sees(f"{WAITING} li", "Childcare in the afternoon")
    expect(ada.sees(".poll-counts")).to_have_text("No concerns yet")
    look("waiting", ada, mona)
    ben.knows_nothing_of("Childcare")
    mona.press(f"{WAITING} button", "Publish")
    ben.finds("li.concern[id^=concern-]", "Childcare in the afternoon")
    ada.does_not_see("#mine .badge")
    ben.me_too("Childcare in the afternoon")

    ada.write_concern("Meetings that end in time")
    ada.write_concern("Something about one family")
    expect(mona.find(f"{WAITING} li")).to_have_count(2)
    mona.find(f"{WAITING} li", "one family").locator("[type=checkbox]").check()
    mona.press(".board-waiting > .board-head .btn", "Hide the marked")
    expect(mona.find(f"{WAITING} li")).to_have_count(1)
    ada.write_concern("Nothing about Meyer")
    expect(mona.find(f"{WAITING} li")).to_have_count(2)
    search = mona.find(".board-search input")
    search.fill("meetings")
    expect(mona.find(f"{WAITING} li", "Meyer")).to_be_hidden()
    mona.press(".board-waiting > .board-head .btn", "Publish all of these")
    expect(mona.find(f"{WAITING} li")).to_have_count(1)
    search.fill("")
    expect(mona.find(f"{WAITING} li", "Meyer")).to_be_visible()
    ben.knows_nothing_of("Meyer")
    search.blur()
    mona.page.keyboard.press("v")
    expect(mona.find(f"{WAITING} li")).to_have_count(0)
    ben.finds("li.concern[id^=concern-]", "Meetings that end in time")
    ben.knows_nothing_of("one family")
    expect(ada.sees(".poll-counts").first).to_have_text("3 concerns from 1 person")

    everybody: list[Person] = [ada, ben, mona, screen]
    for person in everybody:
        person.does_not_see(CLOCK)
    mona.press("button[formaction$='/countdown?seconds=60']")
    for person in everybody:
        person.sees(CLOCK)
    look("countdown", ada, mona, screen)
    run_out(event)
    ada.does_not_see("form[id^=concern-form]")
    ada.sees(".poll-state", "The flash poll is closed.")
    ada.does_not_see(CLOCK)

    mona.press("button[formaction$='/again']")
    for phone in (ada, ben):
        phone.sees("form[id^=concern-form] textarea")
        phone.does_not_see("li.concern[id^=concern-]")
    expect(ada.sees(".stage-kicker")).to_contain_text("Round 2")
    expect(mona.find("#cockpit-agenda .agenda > li").last).to_contain_text("round 2")
    ben.press("details.rounds summary")
    expect(ben.sees("details.rounds tfoot tr").first.locator("td")).to_have_text(["3"])
    ada.write_concern("Rooms")
    mona.sees(f"{WAITING} li", "Rooms")
    look("second-round", ada, ben, mona, screen)
    ben.press("details.rounds a")
    ben.arrives(r"/steps/\d+$")
    expect(ben.sees("li.concern", "Childcare in the afternoon")).to_contain_text("1")
    ben.does_not_see("[data-support]")
    look("first-round", ben)


def test_a_half_written_concern_keeps_its_words_and_is_sent_under_the_new_promise(
    hall: Hall, mona: Moderator, event: Event
) -> None:
    ada, ben = gathered(hall, event, "Ada", "Ben")
    mona.press("button[formaction$='/at-once/poll']")
    for is_named, promise, shown in (
        (True, "Everybody reads your name with it.", 1),
        (False, "Others do not see your name", 0),
    ):
        field = ada.find("form[id^=concern-form] textarea")
        field.fill("Childcare")
        mona.press("details[id^=poll-settings] summary")
        named = mona.find("form[id^=poll-wording] [name=setting-poll-named]")
        named.set_checked(is_named)
        mona.press("form[id^=poll-wording] .btn", "Save")
        expect(ada.sees(".promise")).to_contain_text(promise)
        expect(field).to_have_value("Childcare")
        mona.press("details[id^=poll-settings] summary")
        ada.write_concern(f"Childcare, named: {is_named}")
        concern = ben.finds("li.concern[id^=concern-]", f"Childcare, named: {is_named}")
        expect(concern.get_by_text("Ada", exact=True)).to_have_count(shown)
