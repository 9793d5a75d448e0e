"""Replies are heard by those who may read the contribution, and by nobody else from then on."""

import pytest
from sqlalchemy import select

from app.breakouts import actions, queries
from app.breakouts.models import Contribution
from app.database import transaction
from app.errors import NotFound
from app.extensions import db
from app.realtime import sockets
from tests.ears import Ear
from tests.sockets import Page


@pytest.fixture
def contribution(participant, room):
    form = {"kind": "experience", "text": "It works like this.", "key": "k1"}
    participant.post(f"/rooms/{room.id}/contributions", form)
    return db.session.scalar(select(Contribution).where(Contribution.room_id == room.id))


@pytest.fixture
def thread(participant, contribution):
    """What is replied to it; its author has begun."""
    reply(participant, contribution, "first")
    return queries.thread_of(contribution)


def reply(visitor, contribution, text):
    address = f"/contributions/{contribution.id}/replies"
    assert visitor.post(address, {"text": text, "key": text}).status_code == 303


def hide(moderator, contribution, hidden=True):
    path = f"/e/{contribution.room.round.event.code}/hidden/contribution/{contribution.id}"
    answer = moderator.post(path) if hidden else moderator.delete(path)
    assert answer.status_code == 303


def test_who_hears_a_contribution_that_is_hidden_is_shut_out_in_time(
    app, moderator, neighbour, contribution, thread
):
    ear = Ear(app, neighbour.audience(thread.channel))
    hide(moderator, contribution)
    assert ear.is_closed
    with pytest.raises(NotFound):
        neighbour.audience(thread.channel)
    moderator.audience(thread.channel)
    shown_again = Ear(app, moderator.audience(thread.channel))
    hide(moderator, contribution, hidden=False)
    assert not shown_again.is_closed
    neighbour.audience(thread.channel)


def test_who_hears_one_that_is_taken_back_is_shut_out(
    app, participant, neighbour, contribution, thread
):
    ear = Ear(app, neighbour.audience(thread.channel))
    participant.delete(f"/contributions/{contribution.id}")
    assert ear.is_closed


def test_what_others_hear_stays_open_when_another_one_is_hidden(
    app, moderator, participant, neighbour, room, thread
):
    form = {"kind": "concern", "text": "Something else.", "key": "k2"}
    participant.post(f"/rooms/{room.id}/contributions", form)
    other = db.session.scalar(select(Contribution).where(Contribution.text == "Something else."))
    ear = Ear(app, neighbour.audience(thread.channel))
    hide(moderator, other)
    assert not ear.is_closed


def test_when_a_round_opens_again_others_hear_its_rooms_no_more(
    app, event, stranger, room, contribution, thread
):
    with transaction():
        actions.end_round(actions.hold(room.round_id))
    ear = Ear(app, stranger.audience(thread.channel))
    with transaction():
        actions.reopen(actions.hold(room.round_id))
    assert ear.is_closed
    with pytest.raises(NotFound):
        stranger.audience(thread.channel)


def test_who_is_moved_between_the_look_and_entering_leaves_again(app, neighbour, room, monkeypatch):
    """The publisher has let nobody go who was not there yet."""
    other = next(each for each in room.round.rooms if each.id != room.id)
    entered, left = [], []

    def enter(audience):
        entered.append(audience.key)
        with transaction():
            actions.move(actions.hold(room.round_id), neighbour.person, other)
        app.extensions["publisher"].closed += 1
        return {}

    monkeypatch.setattr(sockets, "enter", enter)
    monkeypatch.setattr(sockets, "leave_room", left.append)
    packet = app.test_request_context(headers={"Cookie": neighbour.browser.cookie()})
    with packet, pytest.raises(NotFound):
        sockets.hear(room.channel)
    assert left == entered
    assert len(left) == 1


@pytest.fixture
def page(live_server):
    """Open a page that hears: `page(visitor, channel)`; with what the server said to that."""
    pages = []

    def listen(visitor, channel):
        pages.append(Page(live_server, cookie=visitor.browser.cookie()))
        pages[-1].answer = pages[-1].subscribe(channel)
        return pages[-1]

    yield listen
    for each in pages:
        each.close()


@pytest.mark.socket
def test_pages_of_a_hidden_contribution_are_closed_and_only_its_readers_come_back(
    page, moderator, participant, neighbour, contribution, thread
):
    channel = thread.channel
    inside = [page(visitor, channel) for visitor in (neighbour, participant, moderator)]
    assert [each.answer["ok"] for each in inside] == [True] * 3
    hide(moderator, contribution)
    for each in inside:
        each.next("disconnect")
    assert not page(neighbour, channel).answer["ok"]
    back = [page(visitor, channel) for visitor in (participant, moderator)]
    assert [each.answer["ok"] for each in back] == [True] * 2
    reply(participant, contribution, "For the two of us")
    for each in back:
        each.hears_html(channel, "For the two of us")
