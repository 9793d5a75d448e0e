"""Live questions to the speakers: asked, supported, shown on the screen, answered."""

from playwright.sync_api import expect

from tests.browser.conference import Conference

QUESTION = "Wann kommt der nächste Förderaufruf?"
UNNAMED = "Will the centre pay for interpreters?"


def questions_are_asked_and_supported(c: Conference) -> None:
    dora, emil, fay = (c.named(name) for name in ("Dora Dean", "Emil Ernst", "Fay Fuller"))
    for person in (dora, emil, fay):
        person.press("nav.tabs a[href$='/questions']")
        person.arrives("/questions$")
    emil.send("#question-form", QUESTION)
    emil.sees("#questions-open li", QUESTION)
    fay.find("#question-anonymous").check()
    fay.send("#question-form", UNNAMED)
    fay.sees("#questions-open li", UNNAMED)
    for text in (QUESTION, UNNAMED):
        button = dora.finds("#questions-open li", text).locator("[data-support]")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    expect(emil.sees("#questions-open li", QUESTION).locator(".count")).to_have_text("1")
    dora.knows_nothing_of("Fay Fuller")
    c.moderator.sees("#cockpit-questions li", UNNAMED)
    c.moderator.knows_nothing_of(f"{UNNAMED} Fay Fuller")
    c.look("questions", dora, emil)


def a_question_is_shown_and_answered(c: Conference) -> None:
    panel = c.moderator.sees("#cockpit-questions li", QUESTION)
    panel.locator("button[formaction*='/highlight/']").click()
    c.screen.sees(".screen-highlight", QUESTION)
    c.screen.knows_nothing_of("Emil Ernst")
    c.look("question-shown", c.screen, c.moderator)
    panel.locator("button[formaction*='/answer']").click()
    c.moderator.does_not_see("#cockpit-questions > ul li", QUESTION)
    for name in ("Dora Dean", "Emil Ernst"):
        c.named(name).sees("#questions-archive li", QUESTION)
        c.named(name).does_not_see("#questions-open li", QUESTION)
    c.moderator.press("button[data-key=x]")
    c.screen.does_not_see(".screen-highlight")


def everybody_goes_back_to_what_is_on(c: Conference) -> None:
    for name in ("Dora Dean", "Emil Ernst", "Fay Fuller"):
        c.named(name).press("nav.tabs a")
        c.named(name).arrives(f"/e/{c.code}$")
