"""Where moderators work: heard by other moderators, and by nobody else."""

import time

import pytest

from tests.sockets import Page

SOON = 1.0


@pytest.fixture(params=["sqlite"])
def database(request):
    return request.param


@pytest.fixture
def page_of(live_server, poll):
    pages = []

    def open_page(person, *channels):
        page = Page(live_server, cookie=person.browser.cookie())
        page.client.on("working", page._keep("working"))
        pages.append(page)
        return page, [page.subscribe(channel) for channel in channels]

    yield open_page
    for page in pages:
        page.close()


@pytest.mark.socket
def test_another_moderator_hears_where_one_works(page_of, moderator, ben, poll):
    channel = f"cockpit:{poll.event.code}"
    mine, _ = page_of(moderator, channel)
    theirs, _ = page_of(ben, channel)
    mine.client.emit("working", {"channel": channel, "place": "card-7"})
    assert theirs.next("working") == {
        "channel": channel,
        "place": "card-7",
        "who": f"participant-{moderator.participant_id}",
        "name": "Mona Moderator",
    }
    time.sleep(1)
    mine.client.emit("working", {"channel": channel, "place": ""})
    assert theirs.next("working")["place"] == ""


@pytest.mark.socket
def test_who_does_not_lead_neither_hears_nor_is_heard(page_of, moderator, participant, poll):
    channel = f"cockpit:{poll.event.code}"
    mine, _ = page_of(moderator, channel)
    outside, answers = page_of(participant, channel, f"event:{poll.event.code}")
    assert answers[0]["ok"] is False
    for name in (channel, f"event:{poll.event.code}"):
        outside.client.emit("working", {"channel": name, "place": "card-7"})
    assert not mine.hears("working", SOON)
    mine.client.emit("working", {"channel": channel, "place": "card-7"})
    assert not outside.hears("working", SOON)


@pytest.mark.socket
def test_what_makes_no_sense_is_passed_over(page_of, moderator, ben, poll):
    channel = f"cockpit:{poll.event.code}"
    mine, _ = page_of(moderator, channel)
    theirs, _ = page_of(ben, channel)
    places = ("<b>card</b>", "card-7 is-picked", "card-", "stage", 7, None, ["card-7"])
    for message in (
        None,
        "card-7",
        {"channel": "cockpit:ABCDEF", "place": "card-7"},
        {"channel": 7, "place": "card-7"},
        {"place": "card-7"},
        *({"channel": channel, "place": place} for place in places),
    ):
        mine.client.emit("working", message)
    assert not theirs.hears("working", SOON)


@pytest.mark.socket
def test_many_signals_at_once_are_one(page_of, moderator, ben, poll):
    channel = f"cockpit:{poll.event.code}"
    mine, _ = page_of(moderator, channel)
    theirs, _ = page_of(ben, channel)
    for n in range(10):
        mine.client.emit("working", {"channel": channel, "place": f"card-{n}"})
    assert theirs.next("working")["place"] == "card-0"
    assert not theirs.hears("working", SOON)
