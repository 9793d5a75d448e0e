"""Health says that a process lives, readiness that it should be sent people."""

import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from app import draining
from app.database import transaction
from app.extensions import alembic, db
from app.observability import readiness
from app.observability.readiness import Readiness


@pytest.fixture
def publishing(app, monkeypatch):
    """The publisher has just ticked."""
    monkeypatch.setattr(app.extensions["publisher"], "ticked_at", time.monotonic())


@pytest.fixture
def fresh(app, monkeypatch):
    """A process that has not looked at itself yet, and looks each time."""
    monkeypatch.setattr(readiness, "GOOD_FOR", -1)
    monkeypatch.setitem(app.extensions, "readiness", Readiness(app))
    return app.extensions["readiness"]


@pytest.fixture
def revision(app):
    """Set the database's revision; afterwards it is what it was."""
    before = db.session.scalar(text("SELECT version_num FROM alembic_version"))

    def set_to(value):
        with transaction() as session:
            session.execute(
                text("UPDATE alembic_version SET version_num = :value"), {"value": value}
            )

    yield set_to
    set_to(before)


def waiting_for(browser):
    answer = browser().get("/ready")
    assert (answer.status_code == 200) == answer.json["ready"]
    return answer.json.get("waiting_for", [])


def test_a_process_that_lives_says_so_without_asking_anybody(browser, statements):
    answer = browser().get("/health")
    assert answer.json == {"ok": True}
    assert statements == []


@pytest.mark.parametrize("address", ["/health", "/ready"])
def test_who_asks_gets_no_cookie_and_meets_no_limit(browser, limited, fresh, address):
    asking = browser()
    answers = [asking.get(address) for _ in range(400)]
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert not any("Set-Cookie" in answer.headers for answer in answers)


def test_all_is_well(browser, fresh, publishing):
    assert waiting_for(browser) == []


def test_until_the_publisher_ticks_nobody_is_to_come(browser, fresh):
    answer = browser().get("/ready")
    assert answer.status_code == 503
    assert answer.json == {"ready": False, "waiting_for": ["publisher"]}
    assert int(answer.headers["Retry-After"]) > 0


def test_a_publisher_that_has_not_ticked_for_long_is_stuck(app, browser, fresh, monkeypatch):
    long_ago = time.monotonic() - readiness.LATEST_TICK - 1
    monkeypatch.setattr(app.extensions["publisher"], "ticked_at", long_ago)
    assert waiting_for(browser) == ["publisher"]


def test_without_a_database_nobody_is_to_come(browser, fresh, publishing, monkeypatch):
    def away():
        raise OperationalError("select", {}, Exception("the password is secret"))

    monkeypatch.setattr(readiness, "is_reachable", away)
    assert waiting_for(browser) == ["database"]
    assert "secret" not in browser().get("/ready").text


def test_who_ends_gets_nobody_new(app, browser, fresh, publishing, monkeypatch):
    monkeypatch.setitem(app.extensions, draining.STATE, True)
    assert waiting_for(browser) == ["draining"]


def test_tables_that_are_behind_are_waited_for(browser, fresh, publishing, revision):
    first = list(alembic.script_directory.walk_revisions())[-1].revision
    revision(first)
    assert waiting_for(browser) == ["migrations"]


def test_old_code_goes_on_with_newer_tables(browser, fresh, publishing, revision):
    revision("of_tomorrow")
    assert waiting_for(browser) == []


def test_once_the_tables_were_right_they_are_not_asked_again(
    browser, fresh, publishing, statements
):
    waiting_for(browser)
    statements.clear()
    waiting_for(browser)
    assert len([each for each in statements if each.startswith("SELECT")]) == 1


def test_who_asks_a_thousand_times_a_second_does_not_ask_the_database(
    app, browser, publishing, monkeypatch, statements
):
    monkeypatch.setitem(app.extensions, "readiness", Readiness(app))
    for _ in range(20):
        assert waiting_for(browser) == []
    assert len(statements) < 15
