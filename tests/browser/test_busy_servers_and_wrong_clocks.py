"""A server that is busy, and clocks that are hours off: people notice next to nothing of both."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Route, expect

from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from app.events.models import Participant as Person
from app.extensions import db
from app.questions.models import Question, QuestionSupport
from tests.breakouts.rounds import make_conference, room_of, start
from tests.browser.actors import Participant, known
from tests.browser.person import Hall
from tests.chromium import WRONG_CLOCK
from tests.factories import AGENDA, look_again

pytestmark = pytest.mark.browser

HOUR = 3_600_000
DAY = 24 * HOUR


@pytest.fixture
def event(app) -> Event:
    with transaction():
        return events.create_event("Conference", language="en", items=AGENDA)


def busy(times: int, method: str) -> Callable[[Route], None]:
    """The server has no time for so many of these requests."""
    left = times

    def handle(route: Route) -> None:
        nonlocal left
        if route.request.method != method or left == 0:
            return route.continue_()
        left -= 1
        headers = {"Retry-After": "1", "Content-Type": "text/vnd.turbo-stream.html"}
        return route.fulfill(status=503, headers=headers, body="")

    return handle


def guest(hall: Hall, event: Event, name: str, off_by: int = 0) -> Participant:
    person = known(Participant(hall, name, language="en"), event)
    if off_by:
        person.context.add_init_script(WRONG_CLOCK % off_by)
    person.open(f"/e/{event.code}")
    return person


def test_what_a_busy_server_refuses_is_sent_again_by_itself_and_is_there_once(
    hall: Hall, event: Event
) -> None:
    ada, bea = guest(hall, event, "Ada"), guest(hall, event, "Bea")
    ada.open(f"/e/{event.code}/questions")
    ada.page.route("**/questions", busy(2, "POST"))
    with ada.refused(503):
        ada.send("#question-form", "Who pays?")
        ada.sees("sent-state", "by itself")
    ada.refusal = "status of 503"
    ada.sees("#questions-open li", "Who pays?", within=20_000)
    expect(ada.find("#question-text")).to_have_value("")
    bea.open(f"/e/{event.code}/questions")
    bea.page.route("**/support*", busy(2, "POST"))
    with bea.refused(503):
        bea.find("[data-support]").first.click()
        bea.sees("#notices", "tried again by itself")
    bea.refusal = "status of 503"
    expect(bea.find("[data-support]").first).to_have_attribute(
        "aria-pressed", "true", timeout=20_000
    )
    look_again()
    assert db.session.query(Question).count() == 1
    assert db.session.query(QuestionSupport).count() == 1


def test_a_link_to_a_busy_server_leads_there_a_little_later(hall: Hall, event: Event) -> None:
    ada = guest(hall, event, "Ada")
    ada.page.route("**/questions", busy(2, "GET"))
    ada.refusal = "status of 503"
    ada.find(f"a[href='/e/{event.code}/questions']").first.click()
    ada.sees("#notices", "tried again by itself")
    ada.sees("#question-form", within=20_000)
    assert ada.path == f"/e/{event.code}/questions"


@pytest.mark.parametrize("off_by", [5 * HOUR, -5 * HOUR, -20 * 365 * DAY])
def test_a_wrong_clock_counts_down_to_the_same_second_and_loses_no_text(
    hall: Hall, off_by: int
) -> None:
    event = make_conference()
    ada = guest(hall, event, "Ada", off_by)
    round_ = start(event, "Round 1")
    assert round_ is not None
    room = room_of(round_, db.session.query(Person).filter_by(event_id=event.id).one())
    ada.open(f"/rooms/{room.id}")
    expect(ada.find("count-down time").first).to_have_text(re.compile(r"^(15:00|14:[345]\d)$"))
    ada.page.evaluate("window.clockIsOffBy += 3 * 3600000")
    ada.page.wait_for_timeout(1500)
    expect(ada.find("count-down time").first).to_have_text(re.compile(r"^14:[12345]\d$"))
    ada.open(f"/e/{event.code}/questions")
    ada.find("#question-text").fill("Half a sent")
    ada.context.add_init_script("window.clockIsOffBy += 40 * 86400000")
    ada.reload()
    expect(ada.find("#question-text")).to_have_value("Half a sent")
    ada.find("#question-form button[type=submit]").click()
    ada.sees("#questions-open li", "Half a sent")
