"""Secret votes of each kind: one click asks, twelve vote, the big button shows the result."""

from playwright.sync_api import Locator, expect

from app.ballots.models import Ballot
from app.database import now, transaction
from tests.browser.actors import Participant
from tests.browser.conference import WITHOUT_POINTER, Conference
from tests.browser.person import Person
from tests.browser.steps.gathering import FAMILIES, POLITICAL
from tests.factories import look_again

ADA, ANNA = "Ben Baker", "Anna Auer"  # one reads English, one German
SPRING, AUTUMN = "Im Frühling", "Im Herbst"
QUESTION, WHY = "Sehen wir uns wieder?", "We met at last"


def ask(c: Conference, kind: str) -> None:
    """One click, and everybody has a paper."""
    c.second.press(f"button[formaction$='/at-once/{kind}']")
    c.second.sees("form[id^=wording]")
    for person in c.participants:
        person.sees("form[data-paper]")


def paper(person: Person) -> Locator:
    """What they fill in."""
    return person.find("form[data-paper]")


def send(person: Person) -> None:
    """Send it, and see that it is there."""
    person.press("form[data-paper] .btn-primary")
    person.sees("own-vote")


def the_others(c: Conference, *names: str) -> list[Participant]:
    """Everybody but these."""
    return [person for person in c.participants if person.name not in names]


def close(c: Conference) -> None:
    """The big button shows the result to everybody."""
    c.second.press(".next-step")
    for person in (c.second, c.moderator, c.screen, *c.participants):
        person.sees(".ballot-results .bar")


def a_choice_is_worded_and_made(c: Conference) -> None:
    ada, anna, emil, ben = c.named(ADA), c.named(ANNA), c.named(WITHOUT_POINTER), c.second
    ask(c, "choice")
    ben.fill(ben.find("form[id^=wording] [name=question]"), QUESTION)
    ben.fill(ben.find("form[id^=wording] textarea"), f"{SPRING}\n{AUTUMN}")
    ben.press("form[id^=wording] .btn", "Save the words")
    for person in c.participants:
        person.sees("#stage .stage-title", QUESTION)
    c.look("choice-open", ben, c.screen, anna)
    paper(anna).get_by_label(AUTUMN).check()
    send(anna)
    emil.choose(paper(emil).get_by_label(AUTUMN))
    send(emil)
    emil.sees("own-vote", AUTUMN)
    for person in the_others(c, ANNA, WITHOUT_POINTER):
        paper(person).get_by_label(SPRING).check()
        send(person)
    expect(c.screen.sees(".ballot-counts")).to_contain_text("12")
    for person in (ada, anna, c.screen):
        person.does_not_see(".ballot-results .bar")
    expect(ben.sees(".ballot-results .chart li", AUTUMN)).to_contain_text("2")
    c.screen.knows_nothing_of("own-vote")
    ada.knows_nothing_of("Emil Ernst", "Lea Lang")
    paper(ada).get_by_label(AUTUMN).check()
    send(ada)
    expect(ben.sees(".ballot-results .chart li", AUTUMN)).to_contain_text("3")
    close(c)
    expect(anna.sees(".chart li", AUTUMN)).to_contain_text("25\xa0%")
    ada.press(".chart-table summary")
    ada.sees(".chart-table td", "25%")
    c.look("choice-closed", ben, c.screen, anna)


def a_second_round_is_compared_with_the_first(c: Conference) -> None:
    ada = c.named(ADA)
    c.second.press("button[formaction$='/rounds']")
    for person in c.participants:
        person.sees("form[data-paper]")
        person.does_not_see("own-vote")
        expect(paper(person).locator("input:checked")).to_have_count(0)
    paper(ada).get_by_label(SPRING).check()
    send(ada)
    close(c)
    for person in (ada, c.screen):
        expect(person.sees(".chart-key")).to_contain_text("2")
    c.look("choice-rounds", c.screen, ada)


def dots_are_given_by_thumb_and_by_keyboard_and_never_too_many(c: Conference) -> None:
    ada, anna, emil = c.named(ADA), c.named(ANNA), c.named(WITHOUT_POINTER)
    ask(c, "dots")
    row = ada.sees(".dot-row", FAMILIES)
    more, field = row.locator("[data-step='1']"), row.locator("input")
    for _ in range(5):
        more.click(force=True)  # also once it is said to be of no use
    expect(field).to_have_value("3")
    expect(more).to_have_attribute("aria-disabled", "true")
    expect(ada.sees(".dots-left")).to_have_text("0 of 3 dots left")
    row.locator("[data-step='-1']").click()
    expect(ada.sees(".dots-left")).to_have_text("1 of 3 dots left")
    c.look("dots-open", ada)
    anna.sees(".dot-row", FAMILIES).locator("[data-step='1']").click()
    send(anna)  # what Ada is about to send stays as she has left it
    expect(field).to_have_value("2")
    send(ada)
    ada.sees("own-vote", f"{FAMILIES} (2 dots)")
    theirs = emil.sees(".dot-row", POLITICAL).locator("input")
    emil.fill(theirs, "9")
    expect(theirs).to_have_value("3")
    send(emil)
    emil.sees("own-vote", POLITICAL)
    for person in the_others(c, ADA, ANNA, WITHOUT_POINTER):
        person.sees(".dot-row", POLITICAL).locator("[data-step='1']").click()
        send(person)
    _a_second_device_has_the_same_vote(c, ada)
    close(c)
    expect(c.screen.sees(".chart li", POLITICAL)).to_contain_text("12")
    c.look("dots-closed", c.screen, ada)


def _a_second_device_has_the_same_vote(c: Conference, ada: Participant) -> None:
    twin = Participant(c.hall, "Ada's laptop", language="en")
    twin.context.add_cookies(ada.context.cookies())  # type: ignore[arg-type]
    twin.open(f"/e/{c.code}")
    there = twin.sees(".dot-row", FAMILIES).locator("input")
    expect(there).to_have_value("2")
    ada.sees(".dot-row", FAMILIES).locator("[data-step='-1']").click()
    send(ada)
    twin.front()
    expect(there).to_have_value("1")
    twin.context.close()


def a_scale_runs_out_by_itself(c: Conference) -> None:
    ada, anna = c.named(ADA), c.named(ANNA)
    ask(c, "scale")
    c.look("scale-open", ada)
    for person, value in zip(c.participants, "245" * 4, strict=True):
        person.choose(paper(person).locator(f"input[value='{value}']"))
        send(person)
    c.second.press("button[formaction*='/countdown?seconds']")
    for person in (ada, c.screen):
        person.sees("count-down")
    look_again()
    with transaction() as session:
        session.query(Ballot).filter_by(kind="scale", event_id=c.event.id).one().closes_at = now()
    for person in (c.second, c.screen, *c.participants):
        person.sees(".ballot-results .bar")
    expect(anna.sees(".chart-mean")).to_contain_text("3,7")
    expect(ada.sees(".chart-mean")).to_contain_text("3.7")
    c.look("scale-closed", c.screen, ada)


def feedback_has_reasons(c: Conference) -> None:
    ada, anna, ben = c.named(ADA), c.named(ANNA), c.second
    ask(c, "feedback")
    paper(ada).locator("input[value='9']").check()
    paper(ada).locator("[name=reason]").fill(WHY)
    c.look("feedback-open", ada)
    send(ada)
    for person in the_others(c, ADA, ANNA):
        person.choose(paper(person).locator("input[value='10']"))
        send(person)
    for person in (anna, ben):
        person.knows_nothing_of(WHY)
    close(c)
    anna.press(".reasons summary")
    anna.sees(".reasons li", WHY)
    c.screen.knows_nothing_of(WHY)
    c.look("feedback-closed", c.screen, anna)
    ben.press(".reasons summary")
    ben.press(".reasons li button")
    anna.does_not_see(".reasons li", WHY)
