"""Who leads at a laptop: single keys, their list, their switch, and fields that let one type."""

import pytest
from playwright.sync_api import expect

from tests.browser.actors import Moderator
from tests.browser.conference import Conference, the_hall_is_open

pytestmark = pytest.mark.browser

WORD = "Hebammen"
CLOUD = 12_000  # milliseconds within which the picture is drawn and has come


def test_keys_are_listed_switched_off_and_on_lead_the_hall_and_let_people_type(
    conference: Conference,
) -> None:
    c = conference
    the_hall_is_open(c, ["Anna Auer", "Ben Baker"])
    keys_are_listed_and_switched_off_and_on(c, c.moderator)
    keys_lead_from_step_to_step_and_put_cards_on_the_screen(c, c.moderator)
    a_field_takes_them_as_letters(c, c.moderator)
    a_key_leads_back(c, c.moderator)
    c.hall.check()


def keys_are_listed_and_switched_off_and_on(c: Conference, moderator: Moderator) -> None:
    moderator.keys("?")
    listed = moderator.sees("dialog#shortcuts")
    expect(listed.locator("[data-page-keys] dt")).to_contain_text(["g", "n"])
    expect(listed).to_contain_text("Als Nächstes: Begrüßung")
    moderator.is_usable()
    moderator.press("#shortcuts-switch")
    moderator.keys("Escape", "n", "?")
    moderator.does_not_see("dialog#shortcuts")
    moderator.sees("#cockpit-step h2", "Vor dem Beginn")
    moderator.reload()
    moderator.keys("n")
    moderator.sees("#cockpit-step h2", "Vor dem Beginn")
    moderator.press("[data-opens=shortcuts]")
    expect(moderator.find("#shortcuts-switch")).not_to_be_checked()
    moderator.press("#shortcuts-switch")
    moderator.keys("Escape")


def keys_lead_from_step_to_step_and_put_cards_on_the_screen(
    c: Conference, moderator: Moderator
) -> None:
    moderator.keys("n")
    moderator.sees("#cockpit-agenda .is-current", "Begrüßung")
    moderator.keys("n")
    moderator.sees("#cockpit-agenda .is-current", "Blitzabfrage")
    for person, text in zip(c.participants, (f"{WORD} fehlen", f"Mehr {WORD}"), strict=True):
        person.write_concern(text)
    c.screen.sees(".screen-words li", WORD, within=CLOUD)
    c.look("words", c.screen)
    moderator.sees(".board-card", f"{WORD} fehlen")
    moderator.keys("j", "h")
    c.screen.sees(".screen-highlight", f"{WORD} fehlen")
    moderator.sees("#on-screen", f"{WORD} fehlen")
    expect(moderator.find(".show-button[aria-pressed=true]")).to_have_count(1)
    c.look("shown-by-key", moderator, c.screen)
    moderator.keys("h")
    c.screen.does_not_see(".screen-highlight")
    moderator.keys("k", "h")
    c.screen.sees(".screen-highlight")
    moderator.keys("x")
    c.screen.does_not_see(".screen-highlight")
    moderator.keys("g")
    expect(moderator.find("#cockpit-agenda h2[data-key]")).to_be_focused()


def a_field_takes_them_as_letters(c: Conference, moderator: Moderator) -> None:
    moderator.open(f"/e/{c.code}")
    moderator.finds("li.concern", f"{WORD} fehlen")
    moderator.find("textarea").first.click()
    moderator.page.keyboard.type("hxnb?")
    expect(moderator.find("textarea").first).to_have_value("hxnb?")
    moderator.does_not_see("dialog#shortcuts")
    card = moderator.find("li.concern", f"{WORD} fehlen")
    card.locator("button[data-card-key]").first.focus()
    moderator.keys("h")
    c.screen.sees(".screen-highlight", f"{WORD} fehlen")
    moderator.sees("#on-screen", f"{WORD} fehlen")
    moderator.is_usable()
    c.participants[0].knows_nothing_of("on-screen")


def a_key_leads_back(c: Conference, moderator: Moderator) -> None:
    moderator.open(f"/e/{c.code}/cockpit")
    moderator.keys("b")
    moderator.sees("#cockpit-agenda .is-current", "Begrüßung")
