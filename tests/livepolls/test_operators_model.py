"""An operator's own model of meaning: asked for vectors of texts, done without when it fails."""

import json
from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import select

from app.database import transaction
from app.extensions import db
from app.livepolls import operators_model, vectors
from app.livepolls.board.models import Suggestion
from app.livepolls.commands import concerns
from app.livepolls.grouping import best
from app.livepolls.models import FlashPoll
from app.livepolls.operators_model import ModelAway, meaning_at_work
from app.livepolls.suggesting import suggest, suggest_where_wanted
from app.livepolls.vectors import Embedding
from tests.factories import look_again
from tests.livepolls.polls import support, write
from tests.livepolls.stand_in_model import stand_in

QUESTION = "What is missing?"
BUS = [f"Bus {what}" for what in ("tonight", "to town", "for wheelchairs", "at school")]
DOCTOR = [f"Doctor {what}" for what in ("for children", "nearby", "on Fridays", "at night")]


@pytest.fixture
def server():
    with stand_in() as started:
        yield started


@pytest.fixture(autouse=True)
def forgotten(monkeypatch):
    """That a model was away is forgotten, and none is bundled: what groups is told apart."""
    monkeypatch.setattr(operators_model, "_away_until", {})
    monkeypatch.setattr(operators_model, "bundled_meaning", lambda: None)
    monkeypatch.setattr(best, "bundled_meaning", lambda: None)


@pytest.fixture
def configured(app, server, monkeypatch):
    """The operator has set the stand-in."""
    settings = replace(
        app.extensions["settings"],
        embeddings_url=server.url,
        embeddings_model="some-model",
        embeddings_key="a-secret-key",
    )
    monkeypatch.setitem(app.extensions, "settings", settings)
    return settings


@pytest.fixture
def said(poll, people):
    texts = [*BUS, *DOCTOR]
    return [write(poll, people[n % 5], text) for n, text in enumerate(texts)]


def suggestions():
    look_again()
    return db.session.scalars(select(Suggestion).order_by(Suggestion.id)).all()


def test_it_is_off_unless_somebody_sets_it(app):
    assert app.extensions["settings"].embeddings_url is None
    assert operators_model.operators_model() is None
    assert meaning_at_work() is None


def test_it_gives_a_vector_for_each_text_in_order_and_is_asked_for_a_few_at_once(
    app, configured, server
):
    texts = [f"{word} is missing" for word in "abcdefghijklmnopqrstuvwxyz"]
    rows = meaning_at_work().vectors(QUESTION, texts)
    again = meaning_at_work().vectors(QUESTION, texts[20:21])
    assert rows.shape == (26, 48)
    assert np.allclose(rows[20], again[0])
    assert max(len(body["input"]) for body in server.bodies) <= operators_model.AT_ONCE
    assert server.bodies[0]["path"] == "/v1/embeddings"
    assert server.bodies[0]["model"] == "some-model"
    assert server.headers[0]["Authorization"] == "Bearer a-secret-key"


def test_without_a_key_none_is_sent_and_no_text_is_empty(app, configured, server, monkeypatch):
    keyless = replace(configured, embeddings_key=None)
    monkeypatch.setitem(app.extensions, "settings", keyless)
    meaning_at_work().vectors("", [""])
    assert "Authorization" not in server.headers[0]
    assert all(server.said)


def test_suggestions_come_by_it(app, configured, server, poll, said, moderator):
    suggest(poll.id)
    assert {frozenset(s.concern_ids) for s in suggestions()} == {
        frozenset(c.id for c in said[:4]),
        frozenset(c.id for c in said[4:]),
    }
    assert all(s.by_meaning for s in suggestions())
    assert "Found by meaning" in moderator.get(f"/e/{poll.event.code}/cockpit").text


def test_it_is_asked_once_for_what_was_said(app, configured, server, poll, said):
    suggest(poll.id)
    before = len(server.said)
    suggest(poll.id)
    assert server.said[before:] == [poll.question]


def test_titles_of_aspects_are_understood_too(app, configured, server, poll, said, moderator):
    form = {"title": "Bus", "concern": [said[0].id]}
    moderator.post(f"/polls/{poll.id}/aspects", form)
    suggest(poll.id)
    bus = next(s for s in suggestions() if s.aspect_id is not None)
    assert set(bus.concern_ids) == {c.id for c in said[1:4]}


def test_it_is_sent_texts_and_nothing_else(app, configured, server, poll, people, jobs_at_once):
    concern = write(poll, people[0], "Bus tonight")
    support(concern, people[1])
    suggest(poll.id)
    assert set(server.said) <= {f"Bus tonight {poll.question}", poll.question}
    assert all(set(body) == {"model", "input", "path"} for body in server.bodies)
    sent = json.dumps([server.bodies, server.headers])
    assert "Person" not in sent
    assert poll.event.code not in sent
    assert "Cookie" not in sent


FAILURES = {
    "refused": {"status": 401, "after": 0},
    "broken": {"status": 500, "after": 0},
    "no JSON": {"instead": b"<html>"},
    "nested": {"instead": b"[" * 100_000},
    "something else": {"instead": {"error": "no such model"}},
    "a list": {"instead": []},
    "too few": {"instead": {"data": [{"index": 7, "embedding": [1.0, 2.0]}]}},
    "no numbers": {"instead": {"data": [{"index": n, "embedding": ["a"]} for n in range(16)]}},
    "not finite": {
        "instead": {"data": [{"index": n, "embedding": [float("nan")] * 3} for n in range(16)]}
    },
    "too short": {"instead": {"data": [{"index": n, "embedding": [1.0]} for n in range(16)]}},
    "slow": {"pause": 0.02},
}


@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_where_it_fails_words_do_without_it_for_a_while(
    app, configured, server, poll, said, failure, monkeypatch
):
    monkeypatch.setattr(operators_model, "LONGEST", 0.3)
    for name, value in failure.items():
        setattr(server, name, value)
    with transaction():
        db.session.get_one(FlashPoll, poll.id).suggestions_wanted = True
    for _look in range(2):
        suggest_where_wanted()
    assert len(suggestions()) == 2
    assert not any(s.by_meaning for s in suggestions())
    assert len(server.bodies) == 1, "it is not asked again at once"


def test_what_it_says_when_it_fails_is_in_no_log(app, configured, server, caplog):
    server.instead = {"error": "Bus tonight and a-secret-key"}
    with pytest.raises(ModelAway):
        meaning_at_work().vectors(QUESTION, ["Bus tonight"])
    assert "is away" in caplog.text
    assert "tonight" not in caplog.text
    assert "secret" not in caplog.text
    assert "secret" not in repr(operators_model.operators_model())


def test_after_a_while_it_is_asked_again(app, configured, server, monkeypatch):
    server.status, server.after = 500, 0
    with pytest.raises(ModelAway):
        meaning_at_work().vectors(QUESTION, ["Bus"])
    assert meaning_at_work() is None
    monkeypatch.setattr(operators_model, "_away_until", {operators_model.operators_model(): 0.0})
    server.status = 200
    assert meaning_at_work().vectors(QUESTION, ["Bus"]).shape == (1, 48)


def test_a_server_that_is_not_there_is_away(app, configured, server, monkeypatch):
    gone = replace(configured, embeddings_url="http://127.0.0.1:1/v1")
    monkeypatch.setitem(app.extensions, "settings", gone)
    with pytest.raises(ModelAway):
        meaning_at_work().vectors(QUESTION, ["Bus"])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_who_sends_elsewhere_gets_neither_texts_nor_the_key_there(app, configured, server, status):
    with stand_in() as elsewhere:
        server.status, server.after, server.moved_to = status, 0, elsewhere.url
        with pytest.raises(ModelAway):
            meaning_at_work().vectors(QUESTION, ["Bus"])
        assert elsewhere.bodies == []


def test_where_it_fails_on_the_way_what_was_kept_stays_and_words_decide(
    app, configured, server, poll, said, people
):
    suggest(poll.id)
    kept = len(db.session.scalars(select(Embedding)).all())
    server.status, server.after = 500, len(server.bodies)
    suggest(poll.id)
    suggest(poll.id)
    assert not any(s.by_meaning for s in suggestions())
    assert len(db.session.scalars(select(Embedding)).all()) == kept == len(said)


def test_another_model_under_the_same_name_is_mixed_with_none(
    app, configured, server, poll, said, people, monkeypatch
):
    suggest(poll.id)
    shorter = {"data": [{"index": n, "embedding": [1.0, 2.0, 3.0]} for n in range(16)]}
    server.instead = shorter
    suggest(poll.id)
    assert len(suggestions()) == 2
    assert not any(s.by_meaning for s in suggestions())


def test_the_bundled_model_takes_its_place_and_gives_it_back(
    app, configured, server, poll, people, jobs_at_once, monkeypatch
):
    class Bundled:
        name = "bundled"
        weights = None

    asked = []

    def embedded(_question, texts):
        asked.extend(texts)
        return [np.zeros(4, np.float16).tobytes() for _text in texts]

    monkeypatch.setattr(operators_model, "bundled_meaning", Bundled)
    monkeypatch.setattr(vectors, "embedded", embedded)
    server.status, server.after = 500, 0
    write(poll, people[0], "Bus")
    assert asked == ["Bus"]
    monkeypatch.setattr(operators_model, "_away_until", {})
    server.status = 200
    write(poll, people[1], "Doctor")
    assert asked == ["Bus"]
    assert f"Bus {poll.question}" in server.said[1:], "the poll has vectors of one model"


def test_the_command_asks_it_and_does_without_it(app, configured, server):
    given = {"question": QUESTION, "lang": "en"}
    given["concerns"] = [{"id": text, "text": text, "by": "p1"} for text in (*BUS, *DOCTOR)]
    run = app.test_cli_runner()
    found = run.invoke(concerns, ["group"], input=json.dumps(given))
    assert json.loads(found.stdout)["method"].startswith("some-model: meaning")
    assert "p1" not in json.dumps(server.bodies)
    server.status, server.after = 500, 0
    found = run.invoke(concerns, ["group"], input=json.dumps(given))
    assert json.loads(found.stdout)["method"].startswith("words")
