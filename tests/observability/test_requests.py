"""A request's id and its line in the log."""

import logging

import pytest

import logs
from app import jobs
from app.database import transaction
from app.errors import Busy

seen = []


@jobs.task
def note_cause():
    seen.append(logs.request_id.get())


@pytest.fixture
def lines(caplog):
    """The lines of requests so far, as what they say."""
    caplog.set_level(logging.INFO, logs.REQUESTS)
    return lambda: [r.fields for r in caplog.records if r.name == logs.REQUESTS]


@pytest.mark.parametrize(
    "given", ["0123456789abcdef0123456789abcdef", "7f3c1d9e-1111-4222-8333-444455556666"]
)
def test_an_id_that_a_proxy_gives_is_kept(browser, given):
    answer = browser().get("/health", headers={"X-Request-ID": given})
    assert answer.headers.getlist("X-Request-ID") == [given]


@pytest.mark.parametrize("given", ["", "Paula Participant", "abc", "a" * 65, "0123456789abcdeg"])
def test_whatever_else_is_given_is_replaced(browser, given):
    answer = browser().get("/health", headers={"X-Request-ID": given})
    made = answer.headers["X-Request-ID"]
    assert made != given
    assert len(made) == 16


def test_each_request_has_its_own_and_afterwards_there_is_none(browser):
    first, second = (browser().get("/health").headers["X-Request-ID"] for _ in range(2))
    assert first != second
    assert logs.request_id.get() is None


def test_a_line_names_the_rule_and_not_the_address(lines, event, participant):
    participant.get(f"/e/{event.code}?q=Paula")
    (line,) = [line for line in lines() if line["rule"] == "/e/<code>"]
    assert line.pop("ms") > 0
    assert line == {"method": "GET", "rule": "/e/<code>", "status": 200}


def test_an_address_that_nobody_knows_is_not_named(lines, browser):
    browser().get("/somebody/mia@example.org")
    assert lines()[-1]["rule"] == "none"
    assert lines()[-1]["status"] == 404


def test_a_form_that_means_another_verb_is_logged_as_that(lines, browser):
    browser().post("/nowhere?_method=DELETE")
    assert lines()[-1]["method"] == "DELETE"
    browser().open("/nowhere", method="MIA")
    assert lines()[-1]["method"] == "other"


def test_what_machines_ask_every_few_seconds_is_not_logged(lines, browser):
    for address in ("/health", "/ready", "/metrics"):
        browser().get(address)
    assert lines() == []


def test_a_failure_is_a_warning_that_text_shows_too(app, browser, monkeypatch, caplog):
    def refuse():
        raise Busy

    monkeypatch.setitem(app.view_functions, "events.home", refuse)
    with caplog.at_level(logging.WARNING, logs.REQUESTS):
        browser().get("/")
        browser().get("/join/ABC234")
    (record,) = [r for r in caplog.records if r.name == logs.REQUESTS]
    assert record.fields["status"] == 503


def test_what_a_request_raises_is_logged_without_its_address(app, browser, monkeypatch, caplog):
    def fail(**_values):
        raise ZeroDivisionError

    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setitem(app.view_functions, "events.join", fail)
    assert browser().get("/join/ABC234").status_code == 500
    assert "a request failed" in caplog.messages
    assert not any("ABC234" in message for message in caplog.messages)


def test_a_job_carries_the_id_of_its_request(app, browser, jobs_at_once, monkeypatch):
    def cause():
        with transaction():
            jobs.later(note_cause)
        return "done"

    monkeypatch.setitem(app.view_functions, "events.home", cause)
    answer = browser().get("/")
    assert seen.pop() == answer.headers["X-Request-ID"]
    jobs.later(note_cause)
    assert seen.pop() is None
