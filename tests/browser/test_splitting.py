"""A concern that holds two is split in two: by keys alone, by touch, and by two at once."""

from functools import partial

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.database import transaction
from app.events import actions as events
from app.events.models import Event
from app.permissions import Role
from tests.browser.actors import Moderator, Participant, gathered, known
from tests.browser.person import Hall, look_at

pytestmark = pytest.mark.browser

look = partial(look_at, "splitting")

WHOLE = "No buses at night and no doctors for children"
FIRST, SECOND = "No buses at night", "No doctors for children"
INBOX = "ul[id^=loose-] .board-card"


@pytest.fixture
def event(app: Flask) -> Event:
    """A conference at its poll."""
    with transaction():
        event = events.create_event(
            "Conference", language="en", items=[{"kind": "poll", "title": "What is missing?"}]
        )
        events.start_step(event, event.items[0])
    return event


@pytest.fixture
def mika(hall: Hall, event: Event) -> Participant:
    """A second moderator, German, with a phone."""
    mika = known(Participant(hall, "Mika"), event, Role.MODERATOR)
    mika.open(f"/e/{event.code}/cockpit")
    return mika


def test_a_concern_is_split_put_together_and_split_by_another(
    hall: Hall, mona: Moderator, mika: Participant, event: Event
) -> None:
    ada, ben = gathered(hall, event, "Ada", "Ben")
    ada.write_concern(WHOLE)
    ben.me_too(WHOLE)
    expect(mona.sees(INBOX, WHOLE)).to_contain_text("+1 me too")
    keys_split_it(mona)
    both_are_seen_by_all(ada, ben, mika)
    one_key_puts_it_together(mona, ada, ben)
    another_splits_it_by_touch_and_the_first_is_asked(mona, mika, ben)
    hall.check()


def keys_split_it(mona: Moderator) -> None:
    mona.keys("j", "s")
    mona.arrives(r"/parts$")
    expect(mona.find("#first-part")).to_have_value(FIRST)
    expect(mona.find("#second-part")).to_have_value(SECOND)
    look("fields", mona)
    mona.reach(mona.find("#parts button[type=submit]"))
    mona.keys("Enter")
    mona.arrives(r"/cockpit#card-\d+$")
    mona.sees(INBOX, SECOND)
    expect(mona.find(INBOX)).to_have_count(2)
    mona.sees(".board-log summary", "Mona split a concern in two.")


def both_are_seen_by_all(ada: Participant, ben: Participant, mika: Participant) -> None:
    expect(ada.find("#mine .concern-text")).to_have_text([FIRST, SECOND])
    expect(ada.find("#mine q")).to_have_text([WHOLE, WHOLE])
    for text in (FIRST, SECOND):
        card = ben.finds("li.concern[id^=concern-]", f"{text} Split from")
        expect(card.locator("q")).to_have_text(WHOLE)
        expect(card.locator("[data-support]")).to_have_attribute("aria-pressed", "true")
        mika.sees(INBOX, text)
    look("both", ada, ben, mika)


def one_key_puts_it_together(mona: Moderator, ada: Participant, ben: Participant) -> None:
    mona.keys("z")
    expect(mona.find(INBOX)).to_have_count(1)
    mona.sees(INBOX, WHOLE)
    expect(ada.find("#mine .concern-text")).to_have_text([WHOLE])
    expect(ben.find("li.concern[id^=concern-]")).to_have_count(1)
    ben.sees("li.concern[id^=concern-] [data-support][aria-pressed=true]", "1")


def another_splits_it_by_touch_and_the_first_is_asked(
    mona: Moderator, mika: Participant, ben: Participant
) -> None:
    mona.keys("j", "s")
    mona.arrives(r"/parts$")
    card = mika.sees(INBOX, WHOLE)
    card.locator("summary").tap()
    card.locator("a[href$='/parts']").tap()
    mika.arrives(r"/parts$")
    mika.find("#second-part").fill("No midwives")
    look("fields", mika)
    mika.find("#parts button[type=submit]").tap()
    mika.sees(INBOX, "No midwives")
    ben.finds("li.concern[id^=concern-]", "No midwives")
    with mona.refused(409):
        mona.press("#parts button[type=submit]")
        mona.sees("#conflict-title")
    expect(mona.sees("board-conflict")).to_contain_text("Mika split a concern in two.")
    look("conflict", mona)
    mona.press("board-conflict a[data-leaves]")
    expect(mona.find(INBOX)).to_have_count(2)
