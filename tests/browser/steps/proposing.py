"""Steps 5 and 6: official answers, solution proposals, support, comments."""

from playwright.sync_api import expect

from tests.browser.actors import Participant
from tests.browser.conference import Conference
from tests.browser.steps.gathering import BINDING, FAMILIES, POLITICAL

WHY = "Die Mittel stehen im Haushalt"
ANSWER = "Wir finanzieren ab Herbst Lotsendienste in Geburtskliniken."
VISITS = "Willkommensbesuche durch **Familienhebammen**"
LETTERS = "- Ein Brief zur Geburt\n- in einfacher Sprache"
CONTRACT = "One written agreement for each *cooperation*"
COMMENT = "Das haben wir in Auental erprobt."
REPLY = "How many visits were there in a year?"


def to_aspect(person: Participant, title: str) -> None:
    """Go to the page of an aspect."""
    person.press(".aspect-title a", title)
    person.sees("h1", title)


def a_host_answers_officially(c: Conference) -> None:
    c.host.open(f"/e/{c.code}")
    to_aspect(c.host, FAMILIES)
    c.host.press("details[id^=answer-] summary")
    c.host.is_usable()
    c.host.find("form[id^=answer-form] select[name=state]").select_option("in_progress")
    c.host.find("form[id^=answer-form] input[name=why]").fill(WHY)
    c.host.send("form[id^=answer-form]", ANSWER)
    c.host.sees("article.official-answer", ANSWER)
    for person in c.participants:
        seen = person.sees("article.official-answer", ANSWER)
        expect(seen.locator(".badge").first).to_be_visible()
        expect(seen).to_contain_text("Verena Engel")
        expect(seen.locator(".commitment")).to_contain_text(WHY)
        person.does_not_see("details[id^=answer-]")


def the_proposals_begin(c: Conference) -> None:
    c.moderator.next()
    c.screen.sees(".screen-aspects li", FAMILIES)
    for person in c.participants:
        person.sees("#stage .aspect", POLITICAL)


def solutions_are_proposed_with_a_preview(c: Conference) -> None:
    anna, ben, emil = c.named("Anna Auer"), c.named("Ben Baker"), c.named("Emil Ernst")
    anna.open_fold(FAMILIES)
    form = anna.find("section.aspect", FAMILIES).locator("form[id^=proposal-form]")
    form.locator("textarea").fill(VISITS)
    form.locator("button[name=preview]").click()
    expect(form.locator("output strong")).to_have_text("Familienhebammen")
    anna.does_not_see("li.proposal")  # a preview is not yet sent
    c.look("preview", anna)
    form.locator("button.btn-primary").click()
    expect(anna.sees("li.proposal", "Willkommensbesuche").locator("strong")).to_be_visible()
    ben.propose(BINDING, CONTRACT)
    emil.propose(FAMILIES, LETTERS)
    c.moderator.sees("#proposals-overview", "Willkommensbesuche")
    expect(
        c.named("Carla Conrad").finds("li.proposal", "Brief zur Geburt").locator(".post-text li")
    ).to_have_count(2)


def proposals_are_supported(c: Conference) -> None:
    for name in ("Ben Baker", "Carla Conrad", "Dora Dean"):
        card = c.named(name).finds("li.proposal", "Willkommensbesuche")
        button = card.locator("[data-support^=proposal]")
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")
    card = c.named("Anna Auer").sees("li.proposal", "Willkommensbesuche")
    count = card.locator("[data-support^=proposal] .count")
    expect(count).to_have_text("3")
    c.look("proposals", c.moderator, c.screen, *c.participants[:2])


def proposals_are_discussed(c: Conference) -> None:
    anna, ben = c.named("Anna Auer"), c.named("Ben Baker")
    for person in (anna, ben):
        person.press("li.proposal:has-text('Willkommensbesuche') a[href*='/proposals/']:has(span)")
        person.arrives(r"/proposals/\d+$")
    anna.send("form[id^=post-form]", COMMENT)
    ben.sees("li.post", COMMENT).locator("a[href$='/replies/new'], a[href*='repl']").first.click()
    ben.send("#write", REPLY)
    ben.arrives(r"/proposals/\d+")
    reply = anna.finds("li.post", REPLY)
    expect(reply.locator(".post-quote")).to_contain_text("Anna Auer")
    c.look("discussion", anna)


def names_of_supporters_stay_unknown(c: Conference) -> None:
    c.named("Emil Ernst").sees("li.proposal", "Willkommensbesuche")
    c.named("Emil Ernst").knows_nothing_of("Dora Dean", "Carla Conrad")
    c.screen.knows_nothing_of("Anna Auer", "Ben Baker", COMMENT)
    for name in ("Anna Auer", "Ben Baker"):
        c.named(name).press("nav.tabs a")
