"""Two moderators at one board, one of them without a pointer: neither overwrites the other."""

from playwright.sync_api import Locator, expect

from tests.browser.actors import Moderator
from tests.browser.conference import SECOND, Conference
from tests.browser.steps.gathering import BINDING, FAMILIES
from tests.browser.steps.polling import CALENDAR, PARENTS, PARKING

REASON = "Kommt im Plenum dran"
LATE = "Wie erreichen wir belastete Eltern früh und passend?"
OTHERWISE = "Absprachen im Netzwerk"
BOX = "input[type=checkbox]"
UNDO = ".board-tools .button-row [formaction$='/undoing']"
REDO = ".board-tools .button-row [formaction*='_method=DELETE']"


def card(who: Moderator, text: str, where: str = "") -> Locator:
    """A concern on the board."""
    return who.sees(f"{where} .board-card", text)


def column(who: Moderator, title: str) -> Locator:
    """The aspect of this title, or of this concern."""
    return who.sees(".aspect-columns-section .board-column", title)


def lies_in(text: str, title: str, *moderators: Moderator) -> None:
    """Check for all of them where a concern lies."""
    for who in moderators:
        expect(column(who, title).locator(".board-card", has_text=text)).to_be_visible()


def carry(who: Moderator, text: str, title: str) -> None:
    """Move a concern with the keys of the board."""
    target = column(who, title).locator("[data-aspect-id]")
    card(who, text).focus()
    who.keys("Space")
    for _ in range(8):
        who.keys("ArrowRight")
        if "is-target" in (target.get_attribute("class") or ""):
            break
    who.keys("Space")


def each_sees_where_the_other_works(c: Conference) -> None:
    ben, paul = c.second, c.moderator
    ben.reach(card(ben, PARKING).locator(BOX))
    expect(card(paul, PARKING).locator(".company")).to_contain_text(SECOND)
    expect(paul.find(".company")).to_have_count(1)


def one_finds_what_is_meant_as_one_types(c: Conference) -> None:
    ben = c.second
    ben.fill(ben.find(".board-search input"), "kalender")
    expect(ben.find(".search-count")).to_contain_text("1")
    ben.does_not_see(".board-loose .board-card", PARKING)
    ben.press(".mark-found")
    expect(ben.find(".marked-count")).to_contain_text("1")
    ben.fill(ben.find(".board-search input"), "")
    card(ben, PARKING, ".board-loose")


def who_comes_second_is_asked(c: Conference) -> None:
    """Ben has marked a card that Paul moves: his gesture asks, and leaves Paul's alone."""
    ben, paul = c.second, c.moderator
    ben.tap(card(ben, PARKING).locator(BOX))
    carry(paul, CALENDAR, BINDING)
    lies_in(CALENDAR, BINDING, paul, ben)
    with ben.refused(409):
        ben.press(".board-marked button[formaction$='/aspects']")
    question = ben.sees("board-conflict", CALENDAR)
    expect(question).to_be_focused()
    expect(question).to_contain_text(f"is in “{BINDING}” now")
    c.look("conflict", ben)
    ben.tap(question.locator("button").nth(1))  # only with the others
    ben.does_not_see("board-conflict")
    lies_in(CALENDAR, BINDING, paul, ben)
    lies_in(PARKING, PARKING, paul, ben)


def a_title_is_not_overwritten(c: Conference) -> None:
    ben, paul = c.second, c.moderator
    ben.tap(column(ben, BINDING).locator(".board-head summary"))
    ben.reach(column(ben, BINDING).locator("input[name^=title-]"))
    ben.keys("End")
    ben.page.keyboard.type(" und Zeit")
    _rename(paul, BINDING, OTHERWISE)
    theirs = column(ben, OTHERWISE)
    expect(theirs.locator("input[name^=title-]")).to_have_value(f"{BINDING} und Zeit")
    with ben.refused(409):
        ben.tap(theirs.locator("button[formaction$='/title']"))
    question = ben.sees("board-conflict")
    for title in (OTHERWISE, f"{BINDING} und Zeit"):
        expect(question).to_contain_text(title)
    ben.press("board-conflict [data-leaves]")
    ben.does_not_see("board-conflict")
    paul.press(UNDO)
    for who in (paul, ben):
        column(who, BINDING)


def _rename(who: Moderator, title: str, other: str) -> None:
    head = column(who, title)
    if head.locator(".board-head details[open]").count() == 0:
        head.locator(".board-head summary").click()
    head.locator("input[name^=title-]").fill(other)
    head.locator("button[formaction$='/title']").click()
    column(who, other)


def what_one_has_done_is_undone_and_done_again(c: Conference) -> None:
    """Ben's last gesture was the aspect of one; Paul's stay whatever he undoes."""
    ben, paul = c.second, c.moderator
    ben.press(UNDO)
    for who in (paul, ben):
        card(who, PARKING, ".board-loose")
    ben.press(REDO)
    lies_in(PARKING, PARKING, paul, ben)
    lies_in(CALENDAR, BINDING, paul, ben)
    paul.press(".board-log > summary")
    paul.sees(".board-log li", SECOND)


def keys_undo_and_redo(c: Conference) -> None:
    """As everywhere, and listed; but in a field they are the field's."""
    ben, paul = c.second, c.moderator
    field = ben.find(".board-search input[name=q]")
    ben.fill(field, "Zeit")
    ben.keys("Control+Shift+Z", "Control+z")
    ben.fill(field, "")
    for keys in ("Control+z", "Control+Shift+Z", "Meta+z", "Meta+Shift+Z"):
        ben.reach(ben.find(".board-log > summary"))
        ben.keys(keys)
        for who in (paul, ben):
            if "Shift" in keys:
                lies_in(PARKING, PARKING, who)
            else:
                card(who, PARKING, ".board-loose")
    ben.keys("?")
    listed = ben.sees("dialog#shortcuts [data-page-keys]")
    expect(listed.locator("kbd")).to_contain_text(["Ctrl+Z", "Ctrl+Shift+Z"])
    ben.keys("Escape")
    ben.does_not_see("dialog#shortcuts")


def an_undo_meets_what_came_later(c: Conference) -> None:
    """Paul takes the card out of Ben's aspect, who can't undo that one away from under him."""
    ben, paul = c.second, c.moderator
    carry(paul, PARKING, BINDING)
    lies_in(PARKING, BINDING, paul, ben)
    with ben.refused(409):
        ben.press(UNDO)
    ben.sees("board-conflict")
    lies_in(PARKING, BINDING, ben)
    ben.press("board-conflict [data-leaves]")


def off_topic_with_a_reason(c: Conference) -> None:
    ben, paul = c.second, c.moderator
    card(paul, PARKING).locator(BOX).check()
    paul.press(".board-marked summary")
    paul.find(".board-marked input[name=reason]").fill(REASON)
    paul.press(".board-marked button[formaction$='/off-topic']")
    ben.press(".board-aside summary")
    expect(card(ben, PARKING, ".board-aside")).to_contain_text(REASON)
    c.look("sorted", paul, ben)


def a_late_concern_waits_and_is_matched(c: Conference) -> None:
    """After the choice the poll is opened again; what comes moves nothing, and all see it go."""
    ben, paul, lea = c.second, c.moderator, c.named("Lea Lang")
    for person in (lea, c.named("Kim Khan")):
        person.sees(".concern", REASON)
    paul.press("[formaction*='/closure']")
    lea.write_concern(LATE)
    for who in (paul, ben):
        card(who, LATE, ".is-late")
    suggested = ben.sees(".is-suggested", LATE, within=20_000)
    expect(suggested).to_contain_text(FAMILIES)
    c.look("late", ben)
    ben.tap(suggested.locator("button:not([formaction*=DELETE])"))
    lies_in(LATE, FAMILIES, paul, ben)
    lies_in(PARENTS[0], FAMILIES, paul, ben)
    for person in (lea, c.named("Anna Auer")):
        section = person.find("section.aspect", FAMILIES)
        expect(section.locator(".concern", has_text=LATE)).to_be_attached()
    expect(lea.sees("#mine li", LATE).locator("strong")).to_have_text(FAMILIES)
    paul.next()  # closes it again
