"""What a change costs: as many statements for a full hall as for an empty one, and few bytes."""

import contextvars
import itertools

import pytest

from app import kept
from app.database import transaction
from app.events.models import Participant
from app.extensions import db, socketio
from app.livepolls import actions
from app.livepolls.models import FlashPoll
from app.realtime import Audience, Publisher, View
from tests.ears import KeepingSocket
from tests.livepolls.polls import support, write

MANY = 50
MOST = {  # statements
    "join page": 1,
    "join": 7,
    "live page": 6,
    "concern": 14,
    "support": 9,
    "subscribe": 3,
    "subscribe to what is mine": 3,
}


@pytest.fixture
def come(poll):
    """Let so many more people be here, each with a concern that another one supports."""

    def come(number):
        with transaction() as session:
            held = session.get_one(FlashPoll, poll.id)
            people = [Participant(event_id=held.event_id, name=f"Guest {n}") for n in range(number)]
            for person in people:
                person.arrive()
            session.add_all(people)
            session.flush()
            for person, other in zip(people, people[1:] + people[:1], strict=True):
                concern, _new = actions.write_concern(held, person, f"From {person.id}", "k")
                if other is not person:
                    actions.support(concern, other, True)
        return people

    return come


@pytest.fixture
def deeds(app, poll, participant, moderator, browser):
    """What people do in a hall, by name; each can be done again and again."""
    concern, code = write(poll, moderator, "A moderator's own"), poll.event.code
    write(poll, participant, "A participant's own")
    taps, numbers = itertools.cycle("10"), itertools.count()
    live = socketio.test_client(app, flask_test_client=participant.browser)
    subscribe = lambda channel: live.emit("subscribe", {"channel": channel}, callback=True)  # noqa: E731
    return {
        "join page": lambda: browser().get(f"/join/{code}"),
        "join": lambda: browser().post(f"/join/{code}", data={"name": f"New {next(numbers)}"}),
        "live page": lambda: participant.get(f"/e/{code}"),
        "concern": lambda: participant.post(
            f"/polls/{poll.id}/concerns", {"text": "More", "key": str(next(numbers))}, live=True
        ),
        "support": lambda: participant.post(
            f"/concerns/{concern.id}/support", {"supported": next(taps)}, live=True
        ),
        "subscribe": lambda: subscribe(f"event:{code}"),
        "subscribe to what is mine": lambda: subscribe(participant.person.channel),
    }


def test_what_one_person_does_asks_no_more_in_a_full_hall(deeds, come, statements, monkeypatch):
    """Nothing per person that costs the square."""
    monkeypatch.setattr(kept, "LONGEST", 3600.0)  # however slow the machine is

    def asked(do):
        do()
        statements.clear()
        do()
        return len([sent for sent in statements if not sent.startswith("BEGIN")])

    few = {name: asked(do) for name, do in deeds.items()}
    come(MANY)
    many = {name: asked(do) for name, do in deeds.items()}
    assert few == many
    assert {name: n for name, n in many.items() if n > MOST[name]} == {}


@pytest.fixture
def listening(app, poll):
    """A publisher that the hall and these people listen to."""

    def listen(*people):
        socket = KeepingSocket()
        publisher = Publisher(app, socket)
        hall = Audience(f"event:{poll.event.code}", poll.event.channel, View.HALL, "en")
        theirs = [Audience(p.channel, p.channel, View.PERSON, "en") for p in people]
        for audience in (hall, *theirs):
            publisher.join(audience)
        return publisher

    return listen


def heard(publisher):
    """What each channel hears on the next tick."""
    publisher.socketio.sent.clear()
    contextvars.Context().run(publisher.tick)
    return {m["channel"]: m["html"] for name, m, _ in publisher.socketio.sent if name == "change"}


def test_a_tick_asks_as_often_for_many_peoples_own_as_for_one(
    poll, moderator, come, listening, statements
):
    concern = write(poll, moderator, "A moderator's own")
    asked = []
    for number in (1, MANY):
        people = come(number)
        publisher = listening(*people)
        with transaction() as session:
            for person in people:
                actions.support(session.merge(concern), session.merge(person), True)
        statements.clear()
        told = heard(publisher)
        asked.append(len(statements))
        assert all(f"concern-{concern.id}" in told[person.channel] for person in people)
    assert asked[0] == asked[1]


def test_a_poll_that_closes_sends_the_hall_none_of_its_concerns(poll, moderator, come, hear):
    come(MANY)
    hall, screen = hear(poll.event), hear(poll.event, View.SCREEN)
    moderator.post(f"/polls/{poll.id}/closure")
    assert "From" not in hall.html
    assert "The flash poll is closed." in hall.html
    assert "<textarea" not in hall.html
    assert len(hall.html) < 1000
    assert "closed, we are gathering" in screen.html
    moderator.delete(f"/polls/{poll.id}/closure")
    assert "From" not in hall.html
    assert f'id="concern-text-{poll.id}"' in hall.messages[-1]["html"]


def test_a_page_that_is_fetched_and_one_that_has_heard_are_alike(
    poll, participant, moderator, hear
):
    hall = hear(poll.event)
    moderator.post(f"/polls/{poll.id}/closure")
    page = participant.get(f"/e/{poll.event.code}").text
    for part in (f"poll-state-{poll.id}", f"poll-composer-{poll.id}"):
        told = hall.html.split(f'id="{part}"')[1].split("</div>")[0]
        assert (
            told.split(">", 1)[1]
            == page.split(f'id="{part}"')[1].split("</div>")[0].split(">", 1)[1]
        )


def test_a_poll_that_showed_nothing_sends_its_concerns_when_it_closes(
    quiet_poll, participant, moderator, hear
):
    hall = hear(quiet_poll.event)
    write(quiet_poll, participant, "Childcare")
    assert "Childcare" not in hall.html
    moderator.post(f"/polls/{quiet_poll.id}/closure")
    assert "Childcare" in hall.html


def test_who_has_voiced_something_is_told_when_they_can_change_it_no_more(
    poll, people, moderator, listening
):
    author, other = people[0], people[1]
    concern = write(poll, author, "Childcare")
    support(concern, other)
    publisher = listening(author.person, other.person)
    moderator.post(f"/polls/{poll.id}/closure")
    told = heard(publisher)
    assert "Childcare" in told[author.person.channel]
    assert "/edit" not in told[author.person.channel]
    assert other.person.channel not in told
    assert not any("Childcare" in html for name, html in told.items() if name.startswith("event"))


def test_who_has_voiced_something_is_told_where_it_went(poll, people, moderator, listening):
    concern = write(poll, people[0], "Childcare")
    moderator.post(f"/polls/{poll.id}/aspects", {"title": "Families", "concern": concern.id})
    moderator.post(f"/polls/{poll.id}/closure")
    publisher = listening(people[0].person)
    moderator.post(f"/polls/{poll.id}/choice")
    mine = heard(publisher)[people[0].person.channel]
    assert "Families" in mine
    assert 'target="mine"' in mine


def test_many_authors_are_told_with_as_many_statements_as_few(
    poll, moderator, come, listening, statements
):
    asked = []
    for number in (1, MANY):
        people = come(number)
        publisher = listening(*people)
        moderator.post(f"/polls/{poll.id}/closure")
        db.session.rollback()
        statements.clear()
        told = heard(publisher)
        asked.append(len(statements))
        assert all(f"From {person.id}" in told[person.channel] for person in people)
        moderator.delete(f"/polls/{poll.id}/closure")
    assert asked[0] == asked[1]
