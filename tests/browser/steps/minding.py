"""What a moderator can do at any time: hide anything, remove somebody, lock joining."""

from playwright.sync_api import Locator, expect

from tests.browser.actors import Participant
from tests.browser.conference import Conference

INSULT = "Das hier gehört auf keine Leinwand"
TROUBLE = "Tom Trouble"


def something_is_hidden_within_a_second(c: Conference) -> None:
    tom = Participant(c.hall, TROUBLE, language="en")
    tom.join(c.code)
    tom.write_concern(INSULT)
    card = c.moderator.sees(".board-card", INSULT)
    _do(card, "/highlight/")
    c.screen.sees(".screen-highlight", INSULT)
    concern = tom.sees("li.concern.is-own[id^=concern-]", INSULT).get_attribute("id")
    fay = c.named("Fay Fuller")
    fay.finds("li.concern", INSULT)
    for person in c.participants:
        expect(person.find(f"#{concern}")).to_be_attached()
        person.watch(f"html:not(:has(#{concern}))")
    c.screen.watch("html:not(:has(.screen-highlight))")
    start = c.moderator.clock()
    _do(card, "/hidden")
    c.in_time(start, c.screen, *c.participants)
    c.screen.knows_nothing_of(INSULT)
    fay.reload()
    fay.knows_nothing_of(INSULT)
    expect(tom.sees("#mine li", INSULT).locator(".badge")).to_be_visible()  # says that it is


def _do(card: Locator, route: str) -> None:
    if not card.locator("details[open]").count():
        card.locator("summary").click()
    card.locator(f"button[formaction*='{route}']").click()


def somebody_is_removed(c: Conference) -> None:
    tom = next(person for person in c.hall.people if person.name == TROUBLE)
    line = c.moderator.sees("#people li", TROUBLE)
    line.locator("summary").click()
    with tom.refused(4):
        line.locator("button[formaction*='_method=DELETE']").click()
        c.moderator.does_not_see("#people li", TROUBLE)
        tom.does_not_see("#stage", within=20_000)  # his page believes the third refusal
    with tom.refused(4):
        assert tom.open(f"/e/{c.code}") in (401, 403)
    tom.knows_nothing_of("Zu welchen Anliegen")
    tom.context.close()


def joining_is_locked_and_opened_again(c: Conference) -> None:
    late = Participant(c.hall, "Lars Late", language="de")
    late.open(f"/join/{c.code}")
    c.moderator.press("#join-card button[formaction$='/joining-lock']")
    c.moderator.sees("#join-card button[formaction*='_method=DELETE']")
    late.find("#name").fill("Lars Late")
    with late.refused(409):
        late.press("#join-form button[type=submit]")
        late.sees(".notice.is-error")
    expect(late.find("#name")).to_have_value("Lars Late")
    late.is_usable()
    c.moderator.does_not_see("#people li", "Lars Late")
    c.moderator.press("#join-card button[formaction*='_method=DELETE']")
    c.moderator.sees("#join-card button[formaction$='/joining-lock']")
    late.context.close()
