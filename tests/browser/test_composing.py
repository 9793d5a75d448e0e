"""People compose posts: with the toolbar, with names, quotes and reactions, and on two devices."""

import re
import time

import pytest
from flask import Flask
from playwright.sync_api import Locator, expect

from app.accounts.models import Account
from app.forums.models import Thread
from tests.browser.person import Hall, Person
from tests.composing.towns import Town, town

pytestmark = pytest.mark.browser

PATIENCE = 10.0  # seconds
FIELD = "form[data-composer] textarea[name=text]"


@pytest.fixture
def here(app: Flask) -> Town:
    """A space with Ines and Ole, and a thread."""
    return town()


def enter(app: Flask, hall: Hall, account: Account) -> Person:
    """Somebody who is signed in on their device."""
    person = Person(hall, account.name, language="en")
    session = {"_user_id": account.get_id(), "_fresh": True}
    cookie = app.session_interface.get_signing_serializer(app).dumps(session)  # type: ignore[attr-defined]
    person.context.add_cookies([{"name": "dialograum", "value": cookie, "url": hall.server.url}])
    return person


def writes(person: Person, thread: Thread) -> Locator:
    """The field of the composer on the thread's page."""
    assert person.open(f"/threads/{thread.id}") == 200
    return person.sees(FIELD)


def test_the_toolbar_writes_markdown_and_can_be_undone(app: Flask, hall: Hall, here: Town) -> None:
    ole = enter(app, hall, here.ole)
    field = writes(ole, here.thread)
    field.fill("A good idea")
    field.press("Control+a")
    field.press("Control+b")
    expect(field).to_have_value("**A good idea**")
    field.press("Control+b")
    expect(field).to_have_value("A good idea")
    field.press("Control+z")
    expect(field).to_have_value("**A good idea**")

    ole.press("[data-format=list]")
    expect(field).to_have_value("- **A good idea**")
    field.fill("")
    ole.page.keyboard.press("Shift+Tab")  # one stop for the whole toolbar, where one was last
    expect(ole.find("[data-format=list]")).to_be_focused()
    ole.page.keyboard.press("ArrowRight")
    ole.page.keyboard.press("Enter")
    expect(field).to_have_value("> ")
    ole.is_usable()


def test_a_name_is_chosen_by_keyboard_and_the_post_quoted(
    app: Flask, hall: Hall, here: Town
) -> None:
    ines, ole = enter(app, hall, here.ines), enter(app, hall, here.ole)
    writes(ines, here.thread)
    field = writes(ole, here.thread)
    field.press_sequentially("What do you say, @in")
    option = ole.sees("[role=option][aria-selected=true]", "Ines Vogt")
    expect(field).to_have_attribute("aria-activedescendant", option.get_attribute("id") or "")
    ole.is_usable()
    field.press("Enter")
    expect(field).to_have_value("What do you say, @Ines Vogt ")
    field.press_sequentially("?")
    field.press("Enter")
    field.press_sequentially(f"{hall.server.url}/threads/{here.thread.id}")
    ole.press("form[data-composer] .btn-primary")

    post = ines.finds(".post", "What do you say")
    expect(post.locator(".post-text a").first).to_have_attribute("href", f"/members/{here.ines.id}")
    expect(post.locator(".link-card-title")).to_have_text("What helps")
    post.locator("[data-quote]").click()
    answer = ines.sees(FIELD)
    expect(answer).to_have_value(re.compile(r"^> \[Ole Ahrens wrote:\]\(/posts/\d+\)\n>\n> What"))
    ines.is_usable()


def test_a_reaction_is_counted_for_all_and_marked_for_one(
    app: Flask, hall: Hall, here: Town
) -> None:
    ines, ole, again = (enter(app, hall, who) for who in (here.ines, here.ole, here.ole))
    for person in (ines, ole, again):
        writes(person, here.thread)
    ines.does_not_see(".support")  # it is her own post
    ole.press(".support", "Thanks")
    for person in (ole, again):
        button = person.sees(".support[aria-pressed=true]", "Thanks")
        expect(button.locator(".count")).to_have_text("1")
    expect(ines.sees(".reaction-count", "Thanks").locator(".count")).to_have_text("1")
    again.press(".support", "Thanks")
    ole.sees(".support[aria-pressed=false]", "Thanks")
    ole.does_not_see(".support[aria-pressed=true]")


def test_what_is_begun_on_one_device_goes_on_on_another(app: Flask, hall: Hall, here: Town) -> None:
    phone, laptop = enter(app, hall, here.ole), enter(app, hall, here.ole)
    writes(phone, here.thread).press_sequentially("Begun on the way")
    phone.sees("[data-state]", "Draft kept at")

    field = writes(laptop, here.thread)
    expect(field).to_have_value("")
    laptop.sees(".draft-offer", "Begun on the way")
    laptop.is_usable()
    laptop.press("[data-continue]")
    field.press_sequentially(", ended here")
    expect(field).to_have_value("Begun on the way, ended here")
    laptop.press("form[data-composer] .btn-primary")
    laptop.sees(".post", "Begun on the way, ended here")
    expect(field).to_have_value("")

    assert laptop.open("/drafts") == 200
    laptop.sees(".empty-state")
    laptop.does_not_see(".draft")


def test_a_page_that_is_left_in_haste_keeps_what_was_written(
    app: Flask, hall: Hall, here: Town
) -> None:
    ole = enter(app, hall, here.ole)
    writes(ole, here.thread).press_sequentially("In haste")
    ole.open("/drafts")
    within = time.monotonic() + PATIENCE
    while not ole.find(".draft", "In haste").count() and time.monotonic() < within:
        ole.reload()  # the page that went and the one that came asked at the same time
    ole.sees(".draft", "In haste")
    ole.is_usable()
    ole.press(".draft button", "Discard")
    ole.does_not_see(".draft")
