"""A page in a hall where everybody writes at once: it stays fit for use, on a weak phone too."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from app.extensions import db
from app.livepolls import actions
from app.livepolls.models import FlashPoll
from tests.browser.actors import Participant, arrived
from tests.browser.person import Hall
from tests.factories import AGENDA, item_of_kind
from tests.livepolls.polls import open_poll

pytestmark = pytest.mark.browser

FIELD = "form[id^=concern-form] textarea"
CARDS = "li.concern[id^=concern-]"
MANY = 40

# At the last moment before something is drawn, somebody goes to another field.
GO_ON = """() => document.addEventListener(
  "turbo:before-stream-render", () => document.querySelector("nav.tabs a").focus(), {once: true})"""
DRAWN = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"""
IS_AT_THE_TABS = "() => document.activeElement === document.querySelector('nav.tabs a')"


@pytest.fixture
def poll(app) -> FlashPoll:
    with transaction():
        event = events.create_event("Conference", language="en", items=AGENDA)
    poll = open_poll(event, item_of_kind(event, "poll"))
    with transaction():
        db.session.get_one(FlashPoll, poll.id).most_per_person = 1000
    return poll


@pytest.fixture
def anna(hall: Hall, poll: FlashPoll) -> Participant:
    return arrived(hall, poll.event, "Anna")


def everybody_writes(poll: FlashPoll, number: int = MANY) -> None:
    """So many concerns at one moment, which pages hear of in one message."""
    with transaction():
        event = db.session.get_one(Event, poll.event_id)
        writer = events.join(event, name="Everybody", language="en")
        poll = db.session.get_one(FlashPoll, poll.id)
        for count in range(number):
            actions.write_concern(poll, writer, f"Concern {count}", f"key of {count}")


class Effort:
    """How often the browser has had to work out what a page looks like, from now on."""

    def __init__(self, page: Page) -> None:
        self._line = page.context.new_cdp_session(page)
        self._line.send("Performance.enable")

    @property
    def looks(self) -> int:
        """The number so far."""
        metrics = self._line.send("Performance.getMetrics")["metrics"]
        return int(next(each["value"] for each in metrics if each["name"] == "RecalcStyleCount"))


def test_what_comes_at_once_is_drawn_at_once_while_somebody_writes(
    poll: FlashPoll, anna: Participant
) -> None:
    anna.find(FIELD).fill("I am just saying")
    effort = Effort(anna.page)
    everybody_writes(poll)
    expect(anna.find(CARDS)).to_have_count(MANY)
    assert 0 < effort.looks < MANY / 2
    expect(anna.find(FIELD)).to_have_value("I am just saying")
    expect(anna.find(FIELD)).to_be_focused()


def test_who_goes_to_another_field_while_something_comes_stays_there(
    poll: FlashPoll, anna: Participant
) -> None:
    anna.find(FIELD).fill("I am just saying")
    anna.page.evaluate(GO_ON)
    everybody_writes(poll)
    expect(anna.find(CARDS)).to_have_count(MANY)
    anna.page.evaluate(DRAWN)
    assert anna.page.evaluate(IS_AT_THE_TABS)


def test_a_window_that_is_never_painted_is_true_all_the_same(
    poll: FlashPoll, anna: Participant
) -> None:
    anna.page.evaluate("window.requestAnimationFrame = () => 0")
    everybody_writes(poll)
    expect(anna.find(CARDS)).to_have_count(MANY)


def test_a_list_that_grows_long_is_laid_out_like_one_that_came_long(
    poll: FlashPoll, anna: Participant
) -> None:
    everybody_writes(poll, 99)
    expect(anna.find(CARDS)).to_have_count(99)
    expect(anna.find(CARDS).first).to_have_css("content-visibility", "visible")
    anna.write_concern("The hundredth")
    expect(anna.find(CARDS).first).to_have_css("content-visibility", "auto")
    anna.context.route("**/*.js", lambda route: route.abort())
    anna.hall.is_away = True
    anna.reload()
    expect(anna.find(CARDS).first).to_have_css("content-visibility", "auto")
    expect(anna.find(".concern-list").first).to_have_class(re.compile("is-long"))
