"""The presenter's phone: questions on the screen, next and back, with the keyboard alone."""

import re

from playwright.sync_api import expect

from tests.browser.actors import ParticipantWithoutPointer
from tests.browser.conference import Conference
from tests.browser.person import Person

FIRST = "Wer bezahlt das?"
SECOND_ONE = "And how long?"
PHONE = "The phone"
CURRENT = "#cockpit-agenda .is-current > span:first-child"


def the_phone_puts_a_card_on_the_screen(c: Conference) -> None:
    _ask(c, "Anna Auer", FIRST)
    phone = ParticipantWithoutPointer(c.hall, PHONE, language="en")
    phone.open(re.sub(r"^https?://[^/]+", "", _link(c)))
    phone.press("#return-form button")
    phone.arrives(f"/e/{c.code}/remote$")
    shown = phone.sees(".remote-card", FIRST)
    phone.tap(shown)
    c.screen.sees(".screen-highlight", FIRST)
    expect(shown).to_have_attribute("aria-pressed", "true")
    c.look("remote", phone, c.screen)
    phone.tap(shown)
    c.screen.does_not_see(".screen-highlight")


def _ask(c: Conference, name: str, text: str) -> None:
    person = c.named(name)
    person.press("nav.tabs a[href$='/questions']")
    person.send("#question-form", text)
    person.sees("#questions-open li", text)


def _link(c: Conference) -> str:
    """The one that the second moderator gets for their phone."""
    ben = c.second
    ben.press("a[href$='/remote-link']")
    ben.press("#remote-link-form button")
    link = ben.sees("#remote-address").input_value()
    ben.is_usable()
    ben.open(f"/e/{c.code}/cockpit")
    return link


def the_phone_leads_the_hall_on(c: Conference) -> None:
    phone = _phone(c)
    phone.press("#remote-step .next-step")
    c.moderator.sees(CURRENT, "Begrüßung")
    phone.sees("#remote-step h2", "Begrüßung")
    expect(phone.find("#remote-step .next-step")).to_be_focused()


def the_phone_leads_back_and_on_again(c: Conference) -> None:
    """From one vote, which is closed, to the one before it."""
    phone = _phone(c)
    here = c.moderator.sees(CURRENT).inner_text()
    phone.press(".remote-back")
    c.moderator.does_not_see(CURRENT, here)
    before = c.moderator.sees(CURRENT).inner_text()
    phone.does_not_see("#remote-step h2", here)
    phone.press("#remote-step .next-step")
    c.moderator.does_not_see(CURRENT, before)
    c.moderator.sees(CURRENT, here)


def _phone(c: Conference) -> Person:
    return next(person for person in c.hall.people if person.name == PHONE)


def what_comes_meanwhile_waits_on_the_phone(c: Conference) -> None:
    phone = _phone(c)
    _ask(c, "Ben Baker", SECOND_ONE)
    phone.sees(".quiet-button")
    phone.does_not_see(".remote-card", SECOND_ONE)
    phone.press(".quiet-button")
    phone.sees(".remote-card", SECOND_ONE)
    for target in phone.find(".remote-card, .remote-foot .btn").filter(visible=True).all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    for name in ("Anna Auer", "Ben Baker"):
        c.named(name).press("nav.tabs a")
        c.named(name).arrives(f"/e/{c.code}$")
