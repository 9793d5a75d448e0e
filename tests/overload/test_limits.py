"""Limits: of each person, never of a hall; told with the time to come again; without Redis too."""

import os
import signal
import time

import pytest
from limits import parse

from app import limits
from app.api import calls
from app.limit_storage import LastingStorage
from tests.servers import redis_server

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"])  # a limit asks no database


def amount(rate):
    return parse(rate).amount


@ON_SQLITE
@pytest.mark.usefixtures("limited")
def test_every_change_has_a_limit_if_not_by_its_route_then_the_usual_one(
    event, participant, join, monkeypatch
):
    monkeypatch.setattr(limits, "CHANGING", "5 per minute")
    other = join(event)
    url = f"/e/{event.code}/return-link"
    statuses = [participant.post(url).status_code for _ in range(11)]
    assert statuses[:5] == [200] * 5
    refused = participant.post(url, {"text": "My words"})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 61
    assert "My words" in refused.text
    assert other.post(url).status_code == 200


@ON_SQLITE
@pytest.mark.usefixtures("limited")
def test_a_refusal_names_the_seconds_until_it_is_lifted_to_pages_and_programs(
    event, participant, browser, monkeypatch
):
    url = f"/e/{event.code}/questions"
    for number in range(81):
        answer = participant.post(url, {"text": f"{number}?"}, live=True)
        if answer.status_code == 429:
            break
    assert answer.mimetype == "text/vnd.turbo-stream.html"
    assert 1 <= int(answer.headers["Retry-After"]) <= 61
    path, token = "/api/v1/polls/1", {"Authorization": "Bearer made-up"}
    for _ in range(2 * amount(limits.READING) + 1):
        called = browser().get(path, headers=token)
    assert called.status_code == 429
    assert called.mimetype == "application/problem+json"
    assert 1 <= int(called.headers["Retry-After"]) <= 61


@ON_SQLITE
@pytest.mark.usefixtures("limited")
def test_a_refusal_is_in_the_persons_language(event, join):
    person = join(event, language="de")
    answers = [person.post(f"/e/{event.code}/questions", {"text": f"{n}?"}) for n in range(81)]
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert '<html lang="de"' in refused.text


def test_a_hall_of_a_thousand_joins_from_one_address_within_a_minute():
    assert amount(limits.JOINING) >= 1000
    assert amount(limits.STRANGERS) >= 3 * 1000  # each may type the code, and a wrong one before


@ON_SQLITE
@pytest.mark.usefixtures("limited")
def test_a_hall_opens_its_own_links_however_many_others_are_wrong(event, join, browser):
    person = join(event)
    page = person.post(f"/e/{event.code}/return-link").text
    link = page.partition("/return/")[2].partition('"')[0].partition("<")[0].strip()
    guesser = browser()
    for _ in range(150):
        guesser.get("/return/wrong")
    statuses = {browser().get(f"/return/{link}").status_code for _ in range(320)}
    assert statuses == {200}


@ON_SQLITE
@pytest.mark.usefixtures("limited")
def test_links_that_open_nothing_are_refused_in_the_end(browser):
    client = browser()
    statuses = [client.get(f"/return/wrong-{n}").status_code for n in range(605)]
    assert set(statuses) == {404, 429}


@ON_SQLITE
def test_every_call_of_the_api_has_a_limit(app):
    views = [app.view_functions[f"api.{call.name}"] for call in calls.table]
    assert views
    assert all(getattr(view, "has_limit", False) for view in views)


@ON_SQLITE
@pytest.mark.usefixtures("limited")
def test_one_who_subscribes_without_end_is_told_when_to_come_again(app, event, participant):
    from flask_socketio import SocketIOTestClient

    from app.extensions import socketio

    client = SocketIOTestClient(app, socketio, flask_test_client=participant.browser)
    answers = [
        client.emit("subscribe", {"channel": f"event:{event.code}"}, callback=True)
        for _ in range(2 * amount(limits.TAPPING) + 1)
    ]
    assert answers[0]["ok"]
    refused = next(answer for answer in answers if not answer["ok"])
    assert 1 <= refused["retry_after"] <= 61


def storage(url):
    return LastingStorage(f"lasting+{url}")


def test_processes_count_together_in_redis():
    with redis_server() as url:
        one, other = storage(url), storage(url)
        assert one.incr("key", 60) == 1
        assert other.incr("key", 60) == 2
        assert one.get("key") == 2


def test_without_redis_each_process_counts_for_itself_until_it_is_back(monkeypatch):
    from app import limit_storage

    monkeypatch.setattr(limit_storage, "PAUSE", 0.1)
    with redis_server() as url:
        port = int(url.rpartition(":")[2].partition("/")[0])
        counts = storage(url)
        counts.incr("key", 60)
        counts.incr("key", 60)
    began = time.monotonic()
    assert [counts.incr("key", 60) for _ in range(50)] == list(range(1, 51))
    assert time.monotonic() - began < 5
    with redis_server(port) as url:
        time.sleep(0.2)
        assert counts.incr("key", 60) == 1
        assert storage(url).get("key") == 1


def test_a_redis_that_hangs_holds_nobody_up_for_long():
    with redis_server() as url:
        counts = storage(url)
        counts.incr("key", 60)
        pid = int(counts.shared.storage.info("server")["process_id"])
        os.kill(pid, signal.SIGSTOP)
        try:
            began = time.monotonic()
            for _ in range(50):
                counts.incr("key", 60)
            assert time.monotonic() - began < 6
        finally:
            os.kill(pid, signal.SIGCONT)
