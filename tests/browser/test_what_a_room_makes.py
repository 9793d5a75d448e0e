"""In a room: a reaction, a reply, two who edit the same at once, and the way into a video call."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from tests.applications import application
from tests.breakouts.rounds import item, make_conference
from tests.browser.actors import Moderator, Participant, gathered
from tests.browser.person import Hall
from tests.live_server import free_port
from tests.video.stand_in_servers import SECRET, StandIn, stand_in

pytestmark = pytest.mark.browser

TEXT = "The midwife invites everybody to the first meeting"
CATCH_UP = """() => new Promise((done) => {
  const fetched = () => document.addEventListener("page:changed", done, { once: true });
  document.addEventListener("page:coming", fetched, { once: true });
  const stream = "<turbo-stream action='catch-up'><template></template></turbo-stream>";
  document.body.insertAdjacentHTML("beforeend", stream);
})"""
MINE, OURS = "The midwife invites them in person", "The midwife writes to everybody"


@pytest.fixture
def video() -> Iterator[StandIn]:
    """A video server."""
    with stand_in() as started:
        yield started


@pytest.fixture
def app(tmp_path: Path, video: StandIn) -> Iterator[Flask]:
    """The application with video calls."""
    environment = {
        "INSTANCE_PATH": str(tmp_path),
        "SECRET_KEY": "not a secret",
        "HOST": "0.0.0.0",
        "PORT": str(free_port()),
        "VIDEO": "jitsi",
        "VIDEO_URL": f"{video.root}/jitsi/{{room}}",
        "VIDEO_SECRET": SECRET,
    }
    with application(environment, tables=True) as app:
        app.config["WTF_CSRF_ENABLED"] = False
        app.extensions["environment"] = environment
        yield app


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference whose rooms are one."""
    return make_conference(("Reaching parents early",))


@pytest.fixture
def room(event: Event, hall: Hall, mona: Moderator) -> list[Participant]:
    """Two people with phones in one room."""
    people = gathered(hall, event, "Anna", "Ben")
    with transaction():
        events.start_step(event, item(event, "Round 1"))
    assert len({person.room for person in people}) == 1
    return people


def test_what_one_says_others_answer(room: list[Participant], event: Event) -> None:
    anna, ben = room
    anna.contribute("experience", TEXT)
    card = ben.finds("li.contribution", TEXT)
    agree = card.locator("[data-support^=agree]")
    ben.tap(agree)
    expect(agree).to_have_attribute("aria-pressed", "true")
    expect(anna.sees("li.contribution", TEXT).locator(".reaction-count").first).to_contain_text("1")
    ben.is_usable()
    ben.tap(card.get_by_role("link", name="Reply"))
    ben.arrives(r"/contributions/\d+$")
    ben.send("form[id^=post-form]", "With us, too.")
    ben.sees("li.post", "With us, too.")
    ben.is_usable()
    link = anna.sees("li.contribution a", "1 reply")
    anna.tap(link)
    anna.sees("li.post", "With us, too.")


def test_two_who_edit_the_same_lose_nothing(
    room: list[Participant], mona: Moderator, event: Event
) -> None:
    anna, _ben = room
    anna.contribute("experience", TEXT)
    mona.open(f"/rooms/{anna.room}")
    for person, words in ((anna, MINE), (mona, OURS)):
        edit = "[data-own-only] a[href$=edit]" if person is anna else "[data-role-only=moderator] a"
        person.tap(person.sees(f"li.contribution {edit}"))
        person.arrives(r"/contributions/\d+/edit$")
        person.fill(person.find("#contribution-edit-text"), words)
    anna.press("#contribution-edit button.btn-primary")
    anna.sees("li.contribution", MINE)
    mona.page.evaluate(CATCH_UP)  # what she types is not made newer than it is by that
    expect(mona.find("#contribution-edit-text")).to_have_value(OURS)
    with mona.refused(409):
        mona.press("#contribution-edit button.btn-primary")
        mona.sees("#contribution-now", MINE)
    mona.page.evaluate(CATCH_UP)  # nor is what was given back to her taken away again
    mona.sees("#contribution-now", MINE)
    expect(mona.find("#contribution-edit-text")).to_have_value(OURS)
    mona.is_usable()
    mona.press("#contribution-edit button.btn-primary")
    anna.sees("li.contribution", OURS)
    anna.sees("li.contribution a", "edited by the moderators")


def test_a_press_leads_into_the_video_call(room: list[Participant], video: StandIn) -> None:
    anna, ben = room
    rooms = set()
    for person in (anna, ben):
        with person.context.expect_page() as opened:
            person.press("form.room-video button")
        call = opened.value
        expect(call.locator("body")).to_have_text("Welcome")
        assert call.evaluate("window.opener") is None
        rooms.add(call.url.partition("?")[0])
        assert call.evaluate("history.length") <= 2
        call.close()
        assert person.path == f"/rooms/{person.room}"
    assert len(rooms) == 1
    assert [claims["context"]["user"]["name"] for claims in video.joined] == ["Anna", "Ben"]


def test_the_rounds_results_lie_ready_in_a_later_one(room: list[Participant], event: Event) -> None:
    anna, _ben = room
    anna.contribute("impulse", TEXT)
    with transaction():
        events.start_step(event, item(event, "Round 3"))
    anna.arrives(r"/rooms/\d+$")
    found = anna.sees(".room-carried", TEXT)
    expect(found).to_contain_text("from “Round 1”, room 1")
    anna.is_usable()
