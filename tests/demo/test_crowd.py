"""The crowd, against the real server."""

import random
import threading
import time

import pytest
import requests

from app.database import transaction
from app.demo.agenda import TITLE
from app.demo.crowd import texts
from app.demo.crowd.counts import Counts
from app.demo.crowd.play import cast
from app.demo.crowd.texts import Deck, Texts
from app.demo.people import in_role
from app.demo.sample import make_sample
from app.events.models import Event
from app.events.queries import people
from app.extensions import db
from app.identity import TokenKind, issue
from app.livepolls.models import Concern
from tests.factories import look_again

PACE = 25


@pytest.fixture
def database():
    return "sqlite"


def test_the_same_seed_casts_the_same_people():
    first, again, other = (cast(30, random.Random(seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert {person.event_role for person in first} == {"participant"}


def test_a_large_crowd_has_new_names_from_the_same_places():
    people = cast(500, random.Random(1))
    known = in_role("participant")
    assert len(people) == 500
    assert {person.municipality for person in people} == {p.municipality for p in known}


def test_texts_come_again_only_when_all_were_drawn():
    deck = Deck(["a", "b", "c"], random.Random(1))
    drawn = [deck.draw() for _ in range(6)]
    assert sorted(drawn[:3]) == sorted(drawn[3:]) == ["a", "b", "c"]


def test_everything_that_is_written_is_short_enough():
    written = [text for kind in texts.CONTRIBUTIONS.values() for t in kind.values() for text in t]
    assert max(map(len, written)) <= 1000
    assert max(len(text) for t in texts.QUESTIONS.values() for text in t) <= 300
    assert max(len(text) for language in ("de", "en") for text in texts.concerns(language)) <= 500
    assert Texts(random.Random(1)).draw("impulse", "en")


def test_counts_tell_what_was_done_and_what_went_wrong():
    counts = Counts()
    for status in (201, 201, 409, 503):
        counts.answered("concern", status)
    counts.failed(ConnectionError())
    assert counts.done == "2 concerns"
    assert not counts.is_clean
    assert counts.total.startswith("sent 5, accepted 2, refused 1, errors 2")


@pytest.fixture
def conference(app, live_server, tmp_path):
    """The sample on the live server, and a way to lead it: `lead(method, path, body)`."""
    make_sample(tmp_path)
    event = db.session.query(Event).filter_by(is_template=False, title=TITLE).one()
    with transaction():
        moderator = next(person for person in people(event.id) if person.is_moderator)
        bearer = {"Authorization": f"Bearer {issue(TokenKind.API, participant_id=moderator.id)}"}
    address = f"{live_server.url}/api/v1"

    def lead(method, path, body=None):
        answer = requests.request(method, address + path, json=body, headers=bearer, timeout=20)
        assert answer.ok, answer.text
        return answer.json()

    return event.code, lead


def step_named(lead, code, kind, number=0):
    agenda = lead("GET", f"/events/{code}")["agenda"]
    return [step for step in agenda if step["kind"] == kind][number]


def until(holds, seconds=20):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


def run_crowd(app, live_server, code, *options):
    """The command in a thread of its own: its exit status and what it printed."""
    result = {}

    def work():
        arguments = ["demo", "crowd", "--event", code, "--url", live_server.url, *options]
        result["it"] = app.test_cli_runner().invoke(args=arguments)

    thread = threading.Thread(target=work)
    thread.start()
    return thread, result


@pytest.mark.socket
def test_a_crowd_follows_the_event_to_its_plenum(app, live_server, conference):
    code, lead = conference
    thread, result = run_crowd(app, live_server, code, "--people", "12", "--pace", str(PACE))
    until(lambda: lead("GET", f"/events/{code}")["present"] >= 12)
    poll = step_named(lead, code, "poll")
    lead("PUT", f"/events/{code}/step", {"step": poll["id"]})
    until(lambda: len(lead("GET", f"/polls/{poll['poll']}")["concerns"]) >= 6)
    lead("POST", f"/polls/{poll['poll']}/closure")
    ids = [concern["id"] for concern in lead("GET", f"/polls/{poll['poll']}")["concerns"]]
    halves = [{"title": "One", "concerns": ids[::2]}, {"title": "Two", "concerns": ids[1::2]}]
    lead("PUT", f"/polls/{poll['poll']}/aspects", {"aspects": halves})
    lead("PUT", f"/events/{code}/step", {"step": step_named(lead, code, "proposals")["id"]})
    topic = lead("GET", f"/events/{code}")["aspects"][0]["id"]
    until(lambda: lead("GET", f"/aspects/{topic}")["proposals"])
    round_ = step_named(lead, code, "breakout", 1)
    lead("PUT", f"/events/{code}/step", {"step": round_["id"]})
    until(lambda: len(lead("GET", f"/rounds/{round_['round']}/rooms")["choosing"]) < 8)
    lead("PUT", f"/events/{code}/step", {"step": step_named(lead, code, "plenum")["id"]})
    thread.join(30)
    ended = result["it"]
    assert ended.exit_code == 0, ended.output
    assert "12 joined" in ended.output
    assert "Blitzabfrage: " in ended.output
    assert "errors 0" in ended.output.splitlines()[-1]
    look_again()
    assert db.session.query(Concern).filter_by(poll_id=poll["poll"]).count() == len(ids)


@pytest.mark.socket
def test_it_ends_after_its_time(app, live_server, conference):
    code, _lead = conference
    thread, result = run_crowd(
        app, live_server, code, "--people", "3", "--pace", "25", "--seconds", "2"
    )
    thread.join(30)
    assert result["it"].exit_code == 0, result["it"].output
    assert "accepted 3" in result["it"].output


@pytest.mark.socket
def test_an_event_that_is_not_there_has_no_crowd(app, live_server, event):
    thread, result = run_crowd(app, live_server, "XXXXXX", "--people", "3", "--pace", "25")
    thread.join(30)
    assert result["it"].exit_code == 1
    assert "404" in result["it"].output


def test_a_server_that_is_not_there_is_named(app):
    away = ["--event", "ABC234", "--url", "http://127.0.0.1:9"]
    result = app.test_cli_runner().invoke(args=["demo", "crowd", *away])
    assert result.exit_code == 1
    assert "no Dialograum answers" in result.output
