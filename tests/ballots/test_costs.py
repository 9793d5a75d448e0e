"""What votes cost: as many statements for many as for one, and one message a tick."""

import contextvars

import pytest

from app.ballots import actions
from app.ballots.models import Ballot
from app.ballots.papers import Paper
from app.database import transaction
from app.events.models import Participant
from app.realtime import Audience, Publisher, View
from tests.ballots.asking import ask, options
from tests.ears import KeepingSocket

MANY = 50
MOST = {"vote": 15, "page": 18, "cockpit": 23, "screen": 14, "results": 24}  # statements


@pytest.fixture
def vote_many(app):
    """Let so many new people vote, each with all they have."""

    def come(ballot, number):
        ids = list(options(ballot).values())
        with transaction() as session:
            held = session.get_one(Ballot, ballot.id)
            people = [Participant(event_id=held.event_id, name=f"Guest {n}") for n in range(number)]
            session.add_all(people)
            session.flush()
            for n, person in enumerate(people):
                paper = Paper({}, 1 + n % 5) if held.has_scale else Paper({ids[n % 3]: 1})
                actions.cast_vote(held, person, paper)
        return people

    return come


@pytest.mark.parametrize("kind", ["dots", "feedback"])
def test_pages_ask_no_more_when_many_have_voted(
    event, participant, moderator, vote_many, statements, kind
):
    ballot = ask(event, kind, live="yes")
    form = {"value": "3"} if ballot.has_scale else {f"dots-{options(ballot)['Pears']}": "1"}
    code = event.code
    deeds = {
        "vote": lambda: participant.post(f"/ballots/{ballot.id}/vote", form, live=True),
        "page": lambda: participant.get(f"/e/{code}"),
        "cockpit": lambda: moderator.get(f"/e/{code}/cockpit"),
        "screen": lambda: moderator.get(f"/e/{code}/screen"),
        "results": lambda: participant.get(f"/e/{code}/results"),
    }

    def asked(do):
        assert do().status_code == 200
        statements.clear()
        do()
        return len([sent for sent in statements if not sent.startswith("BEGIN")])

    counted = []
    for _ in range(2):
        vote_many(ballot, MANY)
        counted.append({name: asked(do) for name, do in deeds.items()})
    assert counted[0] == counted[1]
    assert {name: n for name, n in counted[1].items() if n > MOST[name]} == {}


@pytest.mark.parametrize("live", ["", "yes"])
def test_a_burst_is_one_message_and_one_reading_for_everybody(
    event, app, vote_many, statements, live
):
    """Each audience hears one thing a tick; sums are read by one GROUP BY for votes and marks."""
    ballot = ask(event, "dots", live=live)
    vote_many(ballot, 1)
    asked = []
    for number in (1, MANY):
        socket = KeepingSocket()
        publisher = Publisher(app, socket)
        for name, view in (
            ("event", View.HALL),
            ("cockpit", View.COCKPIT),
            ("screen", View.SCREEN),
        ):
            publisher.join(Audience(f"{name}:{event.code}", event.channel, view, "en"))
        vote_many(ballot, number)
        statements.clear()
        contextvars.Context().run(publisher.tick)
        asked.append(len(statements))
        told = [m["channel"] for name, m, _ in socket.sent if name == "change"]
        assert sorted(told) == sorted({f"{n}:{event.code}" for n in ("event", "cockpit", "screen")})
        sums = [s for s in statements if "GROUP BY" in s]
        assert len(sums) == 2
        if not live:
            hall = next(m["html"] for _, m, _ in socket.sent if m["channel"].startswith("event"))
            assert len(hall) < 400
    assert asked[0] == asked[1]


def test_many_peoples_own_votes_are_read_at_once(event, app, vote_many, statements):
    ballot = ask(event, "scale")
    asked = []
    for number in (2, MANY):
        people = vote_many(ballot, number)
        socket = KeepingSocket()
        publisher = Publisher(app, socket)
        for person in people:
            publisher.join(Audience(person.channel, person.channel, View.PERSON, "en"))
        with transaction() as session:
            for person in people:
                held = session.get_one(Ballot, ballot.id)
                actions.cast_vote(held, session.merge(person), Paper({}, 4))
        statements.clear()
        contextvars.Context().run(publisher.tick)
        asked.append(len(statements))
        told = [m for name, m, _ in socket.sent if name == "change"]
        assert len(told) == number
        assert all("Your vote:" in m["html"] for m in told)
    assert asked[0] == asked[1]


def test_other_pages_are_spared_the_question(event, participant, statements):
    participant.get(f"/e/{event.code}/questions")
    statements.clear()
    assert participant.get(f"/e/{event.code}/questions").status_code == 200
    assert not [sent for sent in statements if "FROM vote" in sent]
