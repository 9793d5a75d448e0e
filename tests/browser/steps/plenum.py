"""Step 10, and after it: the results, a request answered, a poll that hides, a template."""

from playwright.sync_api import expect

from tests.browser.conference import Conference
from tests.browser.steps.asking import UNNAMED
from tests.browser.steps.gathering import BINDING, FAMILIES, POLITICAL
from tests.browser.steps.polling import ALONE
from tests.browser.steps.proposing import ANSWER, REPLY
from tests.browser.steps.rounds import HALF_TYPED, IMPULSE, REQUEST

GRANTED = "Das Muster kommt bis zum Sommer."
SECRET = "Das sage ich nur, wenn es niemand gleich sieht"


def the_plenum_reads_the_results(c: Conference) -> None:
    c.moderator.next()
    c.screen.sees(".screen-aspects li", FAMILIES)
    for person in c.participants:
        person.press("#stage a.btn-primary[href$='/results']")
        person.arrives("/results$")
        for title in (FAMILIES, POLITICAL, BINDING):
            person.sees(".results h3", title)
        person.sees(".official-answer", ANSWER)
        for text in (REPLY, IMPULSE, HALF_TYPED):
            person.sees(".results", text)
        expect(person.find(".results details li", ALONE)).to_be_attached()
    c.look("results", c.moderator, c.screen, *c.participants[:2])


def results_are_linked(c: Conference) -> None:
    anna = c.named("Anna Auer")
    for start, target in (("aspect", "room"), ("room", "aspect"), ("room", "request")):
        link = anna.find(f".chapter[id^={start}-] a[href^='#{target}-']").first
        place = str(link.get_attribute("href"))
        expect(anna.find(place)).to_be_visible()
    anna.press("#requests a[href^='#room-']")
    anna.arrives(r"#room-\d+$")  # nobody taps twice within a frame
    anna.press(".results .aspect-title a", FAMILIES)
    anna.sees("h1", FAMILIES)
    anna.is_usable()
    anna.press("nav.tabs a[href$='/results']")


def a_request_is_answered(c: Conference) -> None:
    c.host.open(f"/e/{c.code}/results")
    request = c.host.sees("#requests .chapter", REQUEST)
    request.locator("details summary").click()
    request.locator("textarea").fill(GRANTED)
    c.host.is_usable()
    request.locator("button.btn-primary").click()
    for person in (c.host, *c.participants):
        expect(person.sees("#requests .official-answer", GRANTED)).to_contain_text("Verena Engel")
        if person is not c.host:
            person.does_not_see("#requests details")


def a_poll_hides_until_it_is_closed(c: Conference) -> None:
    _a_step_is_added_and_ordered(c)
    c.moderator.press("#cockpit-agenda li:has-text('Rückmeldung') button[name=item]")
    anna, ben = c.named("Anna Auer"), c.named("Ben Baker")
    for person in c.participants:
        person.press("nav.tabs a")
    anna.write_concern(SECRET)
    c.moderator.sees(".board-card", SECRET)
    expect(ben.sees("[id^=poll-counts]")).to_contain_text("1")
    ben.knows_nothing_of(SECRET)
    ben.reload()
    ben.knows_nothing_of(SECRET)
    c.look("hidden-poll", c.moderator, c.screen, *c.participants[:2])
    c.moderator.next()
    ben.sees("li.concern", SECRET)


def _a_step_is_added_and_ordered(c: Conference) -> None:
    paul = c.moderator
    paul.press("a[href$='/items/new']")
    paul.sees("#item-form")
    paul.is_usable()
    paul.find("#kind").select_option(value="poll")
    paul.find("#title").fill("Rückmeldung")
    paul.find("#text").fill("Wie war es heute?")
    paul.find("#hides_until_closed-poll").check()
    paul.press("#item-form button[type=submit]")
    paul.arrives("/cockpit$")
    steps = paul.find("#cockpit-agenda .agenda > li")
    expect(steps.nth(8)).to_contain_text("Rückmeldung")
    steps.nth(8).locator("summary").click()
    steps.nth(8).locator("button[formaction*='by=-1']").click()
    expect(steps.nth(7)).to_contain_text("Rückmeldung")


def the_moderator_goes_back_to_the_plenum(c: Conference) -> None:
    c.moderator.press("#cockpit-agenda li:has-text('Plenum') button[name=item]")
    for person in c.participants:
        person.sees("#stage .stage-title", "Plenum")
    c.screen.sees("#screen-stage", FAMILIES)


def the_agenda_is_kept_as_a_template(c: Conference) -> None:
    paul = c.moderator
    paul.press("button[formaction$='/template']")
    paul.open("/events/new")
    paul.is_usable()
    paul.find("#title").fill("Zwischenkonferenz")
    template = paul.find("#template option", "Zwischenkonferenz:").first.get_attribute("value")
    paul.find("#template").select_option(value=template)
    paul.press("#event-form button[type=submit]")
    paul.sees("#cockpit-agenda li", "Rückmeldung")
    paul.does_not_see("#people li", "Anna Auer")
    paul.knows_nothing_of(UNNAMED, FAMILIES)
    paul.open(f"/e/{c.code}/cockpit")


def the_screen_is_closed(c: Conference) -> None:
    c.moderator.press("button[form=screen-link]")
    with c.screen.refused(4):
        c.moderator.press("#close-screen button")
        c.screen.does_not_see("#screen-stage")
