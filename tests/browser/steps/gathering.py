"""Step 4: concerns become aspects, by suggestion, by pointer, and by keyboard alone."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conference import Conference
from tests.browser.steps.polling import AGREEMENTS, ALONE, PARENTS, POLITICS, VOICES

FAMILIES = "Belastete Eltern früh erreichen"
POLITICAL = "Politische Verankerung"
BINDING = "Verbindliche Absprachen"


def column(c: Conference, text: str) -> Locator:
    """The column of the board that holds a concern."""
    card = c.moderator.page.locator(".board-card", has_text=text)
    return c.moderator.front().locator(".board-aspects .board-column", has=card)


def suggestions_lie_beside_the_work(c: Conference) -> None:
    suggestion = c.moderator.sees(".board-column.is-suggested", PARENTS[0], within=20_000)
    expect(suggestion).to_contain_text(PARENTS[1])
    c.moderator.sees(".board-column.is-suggested", POLITICS[0])
    c.moderator.sees(".board-loose .board-card", PARENTS[0])  # nothing has moved
    c.look("suggestions", c.moderator, c.screen)
    c.named("Anna Auer").does_not_read("Suggestion", "Vorschlag")


def a_suggestion_is_accepted_and_one_dismissed(c: Conference) -> None:
    c.moderator.press(f".is-suggested:has-text('{PARENTS[0]}') button:not([formaction*=DELETE])")
    expect(column(c, PARENTS[0])).to_contain_text(PARENTS[1])
    c.moderator.press(f".is-suggested:has-text('{POLITICS[0]}') button[formaction*=DELETE]")
    c.moderator.does_not_see(".is-suggested", POLITICS[0])


def an_aspect_is_made_of_marked_concerns(c: Conference) -> None:
    for text in POLITICS[:2]:
        c.moderator.sees(".board-loose .board-card", text).locator("input[type=checkbox]").check()
    c.moderator.press("button[formaction*='/aspects']:has(use)")
    expect(column(c, POLITICS[0])).to_contain_text(POLITICS[1])


def a_concern_is_dragged_with_the_pointer(c: Conference) -> None:
    page = c.moderator.front()
    card = c.moderator.sees(".board-loose .board-card", POLITICS[2])
    target = column(c, POLITICS[0]).locator("h4")
    target.scroll_into_view_if_needed()
    where, to = card.bounding_box(), target.bounding_box()
    assert where is not None
    assert to is not None
    page.mouse.move(where["x"] + 60, where["y"] + 12)
    page.mouse.down()
    page.mouse.move(to["x"] + 60, to["y"] + 12, steps=6)
    expect(page.locator(".dragging-ghost")).to_be_visible()
    page.mouse.up()
    expect(column(c, POLITICS[2])).to_contain_text(POLITICS[0])


def the_keyboard_alone_does_it_too(c: Conference) -> None:
    page = c.moderator.front()
    _new_aspect_by_list(c, AGREEMENTS[0])
    card = c.moderator.sees(".board-loose .board-card", AGREEMENTS[1])
    card.focus()
    page.keyboard.press("Space")
    target = column(c, AGREEMENTS[0]).locator("[data-aspect-id]")
    for _ in range(8):
        page.keyboard.press("ArrowRight")
        if "is-target" in (target.get_attribute("class") or ""):
            break
    page.keyboard.press("Space")
    expect(column(c, AGREEMENTS[1])).to_contain_text(AGREEMENTS[0])
    _split_off_and_merge_back(c)
    _rename(c, PARENTS[0], FAMILIES)
    _rename(c, POLITICS[0], POLITICAL)
    _rename(c, AGREEMENTS[0], BINDING)


def _press_key(c: Conference, found: Locator, key: str = "Enter") -> None:
    """Go to a control by focus and use it by key, as somebody without a pointer does."""
    c.moderator.front()
    found.focus()
    found.press(key)


def _new_aspect_by_list(c: Conference, text: str) -> None:
    card = c.moderator.find(".board-card", text)
    _press_key(c, card.locator("summary"))
    _press_key(c, card.locator("a[href$='/place']"))
    c.moderator.arrives(r"/place$")
    c.moderator.is_usable()
    _press_key(c, c.moderator.sees("#place-new"), "Space")
    _press_key(c, c.moderator.sees("#place button[type=submit]"))
    c.moderator.arrives(r"/cockpit$")
    expect(column(c, text)).to_be_visible()


def _split_off_and_merge_back(c: Conference) -> None:
    _new_aspect_by_list(c, PARENTS[2])
    split = column(c, PARENTS[2])
    expect(split).not_to_contain_text(PARENTS[0])
    _press_key(c, split.locator(".board-head summary"))
    kept = column(c, PARENTS[0]).locator("[data-aspect-id]").get_attribute("data-aspect-id")
    _press_key(c, split.locator("a[href$='/merger']"))
    c.moderator.arrives(r"/merger$")
    c.moderator.is_usable()
    _press_key(c, c.moderator.sees(f"#merge-{kept}"), "Space")
    _press_key(c, c.moderator.sees("#merger button[type=submit]"))
    c.moderator.arrives(r"/cockpit$")
    expect(column(c, PARENTS[2])).to_contain_text(PARENTS[0])


def _rename(c: Conference, text: str, title: str) -> None:
    aspect = column(c, text)
    _press_key(c, aspect.locator(".board-head summary"))
    field = aspect.locator("input[name^=title-]")
    field.focus()
    field.press("Control+a")
    c.moderator.page.keyboard.type(title)
    _press_key(c, aspect.locator("button[formaction$='/title']"))
    expect(aspect.locator("h4")).to_have_text(title)


def voices_are_distinct_people(c: Conference) -> None:
    """Anna, Carla and Emil wrote about parents; Fay and Ben said me too to Anna's."""
    expect(column(c, PARENTS[0]).locator(".voices")).to_contain_text(re.compile(r"^\s*5 "))
    c.look("board", c.moderator)


def the_aspects_are_frozen(c: Conference) -> None:
    expect(c.moderator.find("input[name=aspect]:checked")).to_have_count(3)
    c.moderator.next()
    for title in (FAMILIES, POLITICAL, BINDING):
        c.screen.sees(".screen-aspects li", title)
        for person in c.participants:
            person.sees(".aspect-title", title)
    c.named("Fay Fuller").sees(".concern", ALONE)  # the rest stays visible
    c.look("aspects", c.moderator, c.screen, *c.participants[:2])


def everybody_sees_where_their_concern_went(c: Conference) -> None:
    titles = {PARENTS[0]: FAMILIES, POLITICS[0]: POLITICAL, AGREEMENTS[0]: BINDING}
    for name in ("Anna Auer", "Ben Baker"):
        for text in VOICES[name]:
            mine = c.named(name).sees("#mine li", text)
            expect(mine.locator("strong")).to_have_text(titles[text])
