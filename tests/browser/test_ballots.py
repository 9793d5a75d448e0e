"""Votes of each kind without scripts; test_flash_poll has those of a whole hall."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.ballots.models import Ballot, Vote
from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from app.extensions import db
from tests.browser.actors import Moderator
from tests.browser.person import Hall
from tests.factories import look_again

pytestmark = pytest.mark.browser

ITEMS = [{"kind": "welcome", "title": "Welcome"}, {"kind": "welcome", "title": "Coffee"}]


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference that has begun."""
    with transaction():
        event = events.create_event("Conference", language="en", items=ITEMS)
        events.start_step(event, event.items[0])
    return event


def test_without_scripts_it_is_a_plain_form(
    chromium: Browser, hall: Hall, mona: Moderator, event: Event
) -> None:
    page = chromium.new_context(java_script_enabled=False).new_page()
    page.goto(f"{hall.server.url}/join/{event.code}")
    page.fill("#name", "Paula Plain")
    page.click("#join-form button[type=submit]")
    for kind in ("choice", "dots", "scale", "feedback"):
        mona.press(f"button[formaction$='/at-once/{kind}']")
        mona.sees("form[id^=wording]")
        page.goto(f"{hall.server.url}/e/{event.code}")
        if kind == "choice":
            page.get_by_label("No", exact=True).check()
        elif kind == "dots":
            expect(page.locator("[data-step]").first).to_be_hidden()
            page.locator(".dot-row input").first.fill("2")
        else:
            page.locator("form[data-paper] input[value='4']").check()
        page.click("form[data-paper] .btn-primary")
        expect(page.locator(".sent-vote")).to_be_visible()
        if kind == "dots":
            expect(page.locator(".dot-row input").first).to_have_value("2")
        else:
            expect(page.locator("form[data-paper] input:checked")).to_have_count(1)
    page.context.close()
    look_again()
    cast = db.session.query(Vote).join(Ballot).filter(Ballot.event_id == event.id)
    assert cast.count() == 4
