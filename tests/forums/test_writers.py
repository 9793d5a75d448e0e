"""Who is writing: heard by those who look at the thread, and by nobody else."""

import time

import pytest

from app.realtime.publisher import LOOK, TICK
from tests.sockets import Page

SOON = 1.0


@pytest.fixture(params=["sqlite"])
def database(request):
    return request.param


@pytest.fixture
def thread(world, ada):
    return world.thread(ada)


@pytest.fixture
def page_of(live_server, thread):
    pages = []
    time.sleep(LOOK + TICK)  # whoever has just come into a space is connected anew

    def open_page(person, *channels):
        page = Page(live_server, cookie=person.browser.cookie())
        page.client.on("typing", page._keep("typing"))
        pages.append(page)
        answers = [page.subscribe(channel) for channel in channels]
        return page, answers

    yield open_page
    for page in pages:
        page.close()


def test_others_in_the_thread_hear_who_writes(thread, ada, ben, page_of):
    mine, _ = page_of(ada, thread.channel)
    theirs, _ = page_of(ben, thread.channel)
    mine.client.emit("typing", {"channel": thread.channel})
    heard = theirs.next("typing")
    assert heard == {
        "channel": thread.channel,
        "who": f"account-{ada.account.id}",
        "name": "Ada Adler",
    }


def test_outsiders_neither_hear_nor_are_heard(thread, ada, ole, page_of):
    mine, _ = page_of(ada, thread.channel)
    outside, answers = page_of(ole, thread.channel)
    assert answers[0]["ok"] is False
    outside.client.emit("typing", {"channel": thread.channel})
    assert not mine.hears("typing", SOON)
    mine.client.emit("typing", {"channel": thread.channel})
    assert not outside.hears("typing", SOON)


def test_readers_are_not_said_to_write(thread, ada, rita, page_of):
    mine, _ = page_of(ada, thread.channel)
    reading, _ = page_of(rita, thread.channel)
    reading.client.emit("typing", {"channel": thread.channel})
    assert not mine.hears("typing", SOON)


def test_nobody_is_said_to_write_twice_in_a_second(thread, ada, ben, page_of):
    mine, _ = page_of(ada, thread.channel)
    theirs, _ = page_of(ben, thread.channel)
    for _ in range(5):
        mine.client.emit("typing", {"channel": thread.channel})
    theirs.next("typing")
    assert not theirs.hears("typing", SOON)


@pytest.mark.parametrize("message", [None, "x", {}, {"channel": 5}, {"channel": "thread:999"}])
def test_nonsense_is_passed_over(thread, ada, page_of, message):
    page, _ = page_of(ada, thread.channel)
    page.client.emit("typing", message)
    assert not page.hears("typing", SOON / 4)
    assert page.subscribe(thread.channel)["ok"]
