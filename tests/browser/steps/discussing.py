"""People in one thread at once: what comes, what waits, what is new, and where one goes on."""

import re

from playwright.sync_api import expect

from tests.browser.actors import Participant
from tests.browser.programme import FIELD, SEND, Programme, begins_to_write, sends, top_of


def a_thread_lives_on_two_pages(p: Programme) -> None:
    """Ole reads on his phone, further up; Ines writes at her laptop."""
    thread = p.thread("Ines Vogt", "Erste Hausbesuche", 8)
    ines, ole = p.enters("Ines Vogt"), p.enters("Ole Ahrens", Participant)
    for person in (ines, ole):
        assert person.open(f"/threads/{thread.id}") == 200
    reading = ole.sees(".forum-post", "Nr. 4")
    reading.evaluate("post => post.scrollIntoView({block: 'start'})")
    before = top_of(reading)

    begins_to_write(ines, "Mit den Hebammen", watched_by=ole)
    ines.does_not_see("who-writes", "schreibt")  # nobody is told of themselves
    assert abs(top_of(reading) - before) < 2
    sends(ines)
    expect(ole.sees(".quiet-button")).to_have_text("1 neuer Beitrag")
    ole.does_not_see(".forum-post", "Mit den Hebammen")
    ole.does_not_see("who-writes", "schreibt")
    assert abs(top_of(reading) - before) < 2

    ole.press(".quiet-button")
    fresh = ole.sees(".forum-post", "Mit den Hebammen")
    expect(fresh).to_be_in_viewport()
    expect(fresh).to_be_focused()
    expect(fresh.locator("[data-own-only]:visible")).to_have_count(0)
    expect(ines.sees(".forum-post", "Mit den Hebammen").locator(".own-mark")).to_be_visible()


def who_comes_later_goes_on_where_they_left(p: Programme) -> None:
    """Cem has read to the end; twelve posts later he looks at the forum."""
    thread = p.thread("Ole Ahrens", "Lotsen in Kliniken", 6)
    cem, ines = p.enters("Cem Schuster"), p.enters("Ines Vogt")
    with cem.page.expect_response(re.compile(rf"/threads/{thread.id}/reading$")) as told:
        cem.open(f"/threads/{thread.id}/last")
        cem.find(".forum-post").last.scroll_into_view_if_needed()
        expect(cem.find(".forum-post").last).to_be_in_viewport()
    assert told.value.status == 204

    first, *_others, last = p.posts(thread, "Ole Ahrens", 12)
    cem.open(f"/forums/{p.forum.id}")
    row = f"#thread-{thread.id}"
    expect(cem.sees(f"{row} .unread")).to_have_text("12 neu")
    ines.open(f"/threads/{thread.id}/last")
    sends(ines, "Und bei uns?")
    expect(cem.sees(f"{row} .unread")).to_have_text("13 neu")
    expect(cem.find(f"{row} .thread-row-meta")).to_contain_text("Ines Vogt")
    ines.open(f"/forums/{p.forum.id}")
    expect(ines.sees(row)).to_be_visible()
    assert "13" not in ines.find(row).locator(".unread-place").inner_text()

    cem.press(f"{row} .unread")
    cem.arrives(rf"/threads/{thread.id}.*#post-{first.id}$")
    expect(cem.sees(f"#post-{first.id}")).to_be_in_viewport()
    expect(cem.find(f"#post-{last.id}")).not_to_be_in_viewport()
    with cem.page.expect_response(re.compile(r"/reading$")):
        cem.find(".forum-post").last.scroll_into_view_if_needed()
    cem.open(f"/forums/{p.forum.id}")
    cem.does_not_see(f"{row} .unread")


def two_answer_at_once(p: Programme) -> None:
    """Each sees what the other has sent, right above the field, before sending too."""
    thread = p.thread("Cem Schuster", "Nächster Termin", 2)
    ines, ole = p.enters("Ines Vogt"), p.enters("Ole Ahrens")
    for person in (ines, ole):
        person.open(f"/threads/{thread.id}")
    field = begins_to_write(ole, "Dienstag passt", watched_by=ines)
    before = top_of(field)
    begins_to_write(ines, "Am Montag?", watched_by=ole)
    assert abs(top_of(field) - before) < 2
    sends(ines)
    expect(ole.sees(".since-line")).to_have_text("Seit Sie schreiben: 1 neuer Beitrag")
    expect(ole.sees(".forum-post", "Am Montag?")).to_be_in_viewport()
    ole.does_not_see(".quiet-button")
    expect(field).to_have_value("Dienstag passt")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    assert abs(top_of(field) - before) < 2

    ines.sees(FIELD).fill("Oder")
    sends(ole, "Dienstag passt, Montag nicht")
    expect(ines.sees(".since-line")).to_contain_text("1 neuer Beitrag")
    ines.sees(".forum-post", "Montag nicht")
    expect(ines.find(FIELD)).to_have_value("Oder")
    ole.does_not_see(".since-line")
    sends(ines, "Dann Dienstag")
    texts = ole.find(".forum-post").filter(has_text=re.compile("Montag|Dienstag"))
    ole.finds(".forum-post", "Dann Dienstag")
    expect(texts.locator(".post-text")).to_have_text(
        ["Am Montag?", "Dienstag passt, Montag nicht", "Dann Dienstag"]
    )


def the_keyboard_alone_goes_from_the_front_page_to_a_reply(p: Programme) -> None:
    thread = p.thread("Ines Vogt", "Wer hat Vorlagen?")
    ole = p.enters("Ole Ahrens")
    ole.open(f"/spaces/{p.north.id}")
    _goes_to(ole, f"#news-thread-{thread.id} a")
    ole.page.keyboard.press("Enter")
    ole.arrives(rf"/threads/{thread.id}")
    _goes_to(ole, ".forum-post a[data-reply]")
    ole.page.keyboard.press("Enter")
    expect(ole.sees(FIELD)).to_be_focused()
    ole.page.keyboard.type("Ich schicke Ihnen unsere.")
    _goes_to(ole, SEND)
    ole.page.keyboard.press("Enter")
    post = ole.sees(".forum-post", "Ich schicke Ihnen unsere.")
    expect(post.locator(".post-quote")).to_contain_text("Ines Vogt")
    expect(ole.find(".forum-post a[data-reply]:focus")).to_have_count(1)  # and there it goes on


def _goes_to(person: Participant, selector: str, most: int = 70) -> None:
    """Press Tab until it has the focus, as somebody without a pointer does."""
    target = person.sees(selector)
    for _ in range(most):
        person.page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not reached by Tab")
