"""What is measured, and who may see it."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from app import jobs
from app.database import now, transaction
from app.errors import Busy, TooMany
from app.extensions import db
from app.mail.models import Mail
from app.observability import readings
from app.observability.metrics import REGISTRY
from app.observability.readings import Everything
from app.realtime import View
from config import LONGEST_WAIT
from tests.factories import item_of_kind
from tests.livepolls.polls import open_poll, write

DOCUMENT = Path(__file__).parents[2] / "docs" / "metrics.md"
BUILT_IN = ("python_", "process_")


@jobs.task
def measured_job():
    """Does nothing."""


@jobs.task
def failing_job():
    raise RuntimeError("not today")


def test_nobody_sees_metrics_unless_the_operator_has_set_a_token(browser):
    for header in ({}, {"Authorization": "Bearer None"}, {"Authorization": "Bearer "}):
        assert browser().get("/metrics", headers=header).status_code == 404


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Basic x", "Bearer ä"])
def test_nobody_sees_metrics_without_the_token(token, browser, given):
    answer = browser().get("/metrics", headers={"Authorization": given})
    assert answer.status_code == 401
    assert "dialograum" not in answer.text


def test_not_even_who_leads_an_event(token, moderator):
    assert moderator.get("/metrics").status_code == 401


def test_whoever_has_the_token_sees_them_in_prometheus_own_format(token, browser):
    answer = browser().get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.content_type.startswith("text/plain; version=")
    assert "process_resident_memory_bytes" in answer.text
    assert "Set-Cookie" not in answer.headers


def test_requests_are_timed_by_endpoint_and_kind_of_status(measured, event, participant):
    name, of_page = "dialograum_request_seconds_count", {"endpoint": "events.live"}
    before = measured(name, **of_page, status="2xx")
    participant.get(f"/e/{event.code}")
    participant.get(f"/e/{event.code}")
    assert measured(name, **of_page, status="2xx") == before + 2
    nowhere = measured(name, endpoint="none", status="4xx")
    participant.get("/nowhere/at-all")
    assert measured(name, endpoint="none", status="4xx") == nowhere + 1


def test_no_label_holds_what_stands_in_an_address(token, browser, event, participant):
    participant.get(f"/e/{event.code}")
    participant.get("/nowhere/at-all?name=Paula")
    page = browser().get("/metrics", headers={"Authorization": f"Bearer {token}"}).text
    assert event.code not in page
    assert "nowhere" not in page
    assert "Paula" not in page


def test_only_the_request_that_asks_is_in_flight(measured):
    assert measured("dialograum_requests_in_flight") == 1


@pytest.mark.parametrize(("error", "status"), [(TooMany, "429"), (Busy, "503")])
def test_refusals_are_counted(app, browser, measured, monkeypatch, error, status):
    def refuse():
        raise error

    before = measured("dialograum_refusals_total", status=status)
    monkeypatch.setitem(app.view_functions, "events.home", refuse)
    assert browser().get("/").status_code == int(status)
    assert measured("dialograum_refusals_total", status=status) == before + 1


def test_a_message_counts_once_and_its_deliveries_for_each_socket(
    measured, event, participant, hear
):
    poll = open_poll(event, item_of_kind(event, "poll"))
    hall = hear(event, View.HALL)
    names = ("messages_total", "deliveries_total", "delivered_bytes_total")
    before = [measured(f"dialograum_{name}", view="hall", kind="change") for name in names]
    write(poll, participant, "Ämter sind zu langsam")
    (message,) = hall.messages
    sent, delivered, size = (
        measured(f"dialograum_{name}", view="hall", kind="change") - old
        for name, old in zip(names, before, strict=True)
    )
    assert (sent, delivered) == (1, 1)
    assert size == len(message["html"].encode())


def test_the_publishers_lag_is_that_of_the_oldest_fact(measured, event, participant, hear):
    poll = open_poll(event, item_of_kind(event, "poll"))
    hall = hear(event, View.HALL)
    write(poll, participant, "A concern")
    count = measured("dialograum_publisher_lag_seconds_count")
    seconds = measured("dialograum_publisher_lag_seconds_sum")
    assert hall.messages
    assert measured("dialograum_publisher_lag_seconds_count") == count + 1
    assert 0 < measured("dialograum_publisher_lag_seconds_sum") - seconds < 5


def test_transactions_are_timed_by_how_they_end(measured, monkeypatch):
    name = "dialograum_transaction_seconds_count"
    before = {
        outcome: measured(name, outcome=outcome) for outcome in ("committed", "rolled back", "busy")
    }
    with transaction():
        pass
    for error in (RuntimeError, Busy):
        with pytest.raises(error), transaction():
            raise error
    assert {outcome: measured(name, outcome=outcome) - old for outcome, old in before.items()} == {
        "committed": 1,
        "rolled back": 1,
        "busy": 1,
    }


@pytest.mark.parametrize("database", ["sqlite"])
def test_writers_who_wait_for_their_turn_are_timed_on_sqlite(measured):
    before = measured("dialograum_writer_wait_seconds_count")
    with transaction():
        pass
    assert measured("dialograum_writer_wait_seconds_count") == before + 1
    assert LONGEST_WAIT > 1  # the buckets reach as far


def test_jobs_are_timed_by_how_they_end(jobs_at_once, measured, caplog):
    name = "dialograum_job_seconds_count"
    module = __name__
    done = {"task": f"{module}.measured_job", "outcome": "done"}
    failed = {"task": f"{module}.failing_job", "outcome": "failed"}
    before = measured(name, **done), measured(name, **failed)
    jobs.later(measured_job)
    with pytest.raises(RuntimeError):
        jobs_at_once._do(failing_job)
    assert (measured(name, **done), measured(name, **failed)) == (before[0] + 1, before[1] + 1)


def test_what_waits_is_counted_with_the_age_of_the_oldest(app, measured):
    assert measured("dialograum_backlog", of="mails") == 0
    long_ago = now() - timedelta(minutes=10)
    later = now() + timedelta(minutes=2)
    people = {"recipient": "mia@example.org", "subject": "s", "text": "t", "language": "de"}
    with transaction() as session:
        session.add(Mail(**people, created_at=long_ago, next_try_at=later))
        session.add(Mail(**people))
        gone, given_up = Mail(**people), Mail(**people)
        session.add_all([gone, given_up])
        session.flush()
        gone.has_gone()
        given_up.has_failed("there is nobody of this name", for_good=True)
    assert measured("dialograum_backlog", of="mails") == 2
    assert 599 < measured("dialograum_backlog_age_seconds", of="mails") < 660
    assert measured("dialograum_backlog", of="notifications") == 0
    assert measured("dialograum_backlog", of="files") == 0


def test_without_a_database_the_others_are_there_all_the_same(measured, monkeypatch):
    def away(*_args, **_more):
        raise OperationalError("select", {}, Exception("gone"))

    assert measured("dialograum_database_up") == 1
    monkeypatch.setattr(readings, "all_backlogs", lambda: [("mails", away)])
    assert measured("dialograum_database_up") == 0
    assert measured("process_resident_memory_bytes") > 0


def test_a_scrape_asks_a_fixed_number_of_queries(measured, event, statements):
    measured("dialograum_sockets")
    assert len([each for each in statements if each.startswith("SELECT")]) <= 4


def test_every_metric_stands_in_the_documentation_and_nothing_else(app, jobs_at_once):
    documented = set(re.findall(r"^\| `(dialograum_\w+)", DOCUMENT.read_text(), re.MULTILINE))
    there = {family.name for family in Everything(app).collect()}
    db.session.close()
    assert {name for name in there if not name.startswith(BUILT_IN)} == documented
    for family in REGISTRY.collect():
        assert family.documentation
