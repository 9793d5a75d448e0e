"""A database that is busy, full or away: clear words, nothing half written, no traceback."""

import contextlib
import itertools
import logging
import time

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.event import listen, remove
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection

from app import create_app
from app.database import Base, transaction
from app.events import actions
from app.extensions import db
from app.livepolls.models import FlashPoll
from app.questions.models import Question
from tests.browsers import STREAMS, Browser
from tests.factories import AGENDA, item_of_kind
from tests.livepolls.polls import open_poll
from tests.servers import postgresql

ON_SQLITE = pytest.mark.parametrize("database", ["sqlite"])
ON_POSTGRESQL = pytest.mark.parametrize(
    "database", [pytest.param("postgresql", marks=pytest.mark.postgresql)]
)


@pytest.fixture
def poll(event):
    return open_poll(event, item_of_kind(event, "poll"))


@pytest.fixture
def quiet(caplog):
    """The log holds lines, and no traceback."""
    caplog.set_level(logging.INFO)
    yield caplog
    assert not [record for record in caplog.records if record.exc_info]
    assert "Traceback" not in caplog.text


def questions():
    db.session.rollback()
    return db.session.scalar(select(func.count(Question.id)))


@contextlib.contextmanager
def full_disk():
    """As little room as the database takes now."""
    engine = db.engine
    db.session.rollback()
    with engine.connect() as connection:
        connection.commit()
        connection.connection.execute("VACUUM")  # what was deleted before leaves room
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
    engine.dispose()
    limit = f"PRAGMA max_page_count={pages}"

    def bound(dbapi_connection, _record):
        dbapi_connection.execute(limit)

    listen(engine, "connect", bound)
    try:
        yield
    finally:
        remove(engine, "connect", bound)
        db.session.rollback()
        engine.dispose()


@ON_SQLITE
def test_a_full_disk_is_told_the_text_is_kept_and_nothing_is_half_written(
    app, event, participant, quiet
):
    url, code = f"/e/{event.code}/questions", event.code
    long = "My words. " * 25
    with full_disk():
        for number in itertools.count():
            refused = participant.post(url, {"text": long, "key": f"key-{number}"})
            if refused.status_code != 303:
                break
            assert number < 500
        assert refused.status_code == 507
        assert long.strip() in refused.text
        assert "disk is full" in refused.text
        assert refused.headers["Retry-After"]
        live = participant.post(url, {"text": long, "key": "live"}, live=True)
        assert (live.status_code, live.mimetype) == (507, "text/vnd.turbo-stream.html")
        assert questions() == number
        assert participant.get(f"/e/{code}/questions").status_code == 200
    assert participant.post(url, {"text": long, "key": f"key-{number}"}).status_code == 303
    assert questions() == number + 1
    assert "Full: database or disk is full" in quiet.text


@ON_SQLITE
def test_a_file_that_finds_no_room_is_told_alike(app, browser, monkeypatch, quiet):
    def write(**_values):
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(app.view_functions, "events.home", write)
    assert browser().get("/").status_code == 507


@ON_POSTGRESQL
def test_whoever_would_wait_longer_than_two_seconds_is_told_to_come_again(
    app, poll, participant, quiet
):
    with db.engine.connect() as other, other.begin():
        other.execute(select(FlashPoll).where(FlashPoll.id == poll.id).with_for_update())
        began = time.monotonic()
        url = f"/polls/{poll.id}/concerns"
        answer = participant.post(url, {"text": "My words", "key": "k"})
        assert 1.5 < time.monotonic() - began < 10
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert "My words" in answer.text
    assert "Busy: canceling statement due to lock timeout" in quiet.text
    assert participant.post(url, {"text": "My words", "key": "k"}).status_code == 303


@ON_POSTGRESQL
@pytest.mark.parametrize("state", ["40001", "40P01", "57014", "53300", "55P03"])
def test_what_another_attempt_may_settle_is_answered_with_503(
    app, browser, monkeypatch, quiet, state
):
    def fails(**_values):
        statement = f"DO $$ BEGIN RAISE EXCEPTION 'not now' USING ERRCODE = '{state}'; END $$"
        db.session.execute(text(statement))

    monkeypatch.setitem(app.view_functions, "events.home", fails)
    answer = browser().get("/")
    assert (answer.status_code, bool(answer.headers["Retry-After"])) == (503, True)
    assert "not now" in quiet.text


@ON_POSTGRESQL
def test_a_full_disk_of_the_database_server_is_told_as_such(app, browser, monkeypatch, quiet):
    def fails(**_values):
        statement = "DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END $$"
        db.session.execute(text(statement))

    monkeypatch.setitem(app.view_functions, "events.home", fails)
    assert browser().get("/").status_code == 507


@ON_SQLITE
def test_no_free_connection_is_a_moments_patience(browser, app, monkeypatch, quiet):
    def fails(**_values):
        raise NoConnection("QueuePool limit of size 20 overflow 10 reached")

    monkeypatch.setitem(app.view_functions, "events.home", fails)
    assert browser().get("/").status_code == 503


@pytest.mark.postgresql
def test_a_restart_of_the_database_costs_seconds_and_no_tracebacks(tmp_path, quiet):
    """While it is away pages and submissions are told so; afterwards all goes on by itself."""
    from app.extensions import limiter

    with postgresql() as url:
        port = int(url.rpartition(":")[2].partition("/")[0])
        environment = {
            "INSTANCE_PATH": str(tmp_path),
            "SECRET_KEY": "not a secret",
            "DATABASE_URL": url,
        }
        app = create_app(environment)
        app.test_client_class = Browser
        app.config["WTF_CSRF_ENABLED"] = False
        limiter.enabled = False
        with app.app_context():
            Base.metadata.create_all(db.engine)
            with transaction():
                code = actions.create_event("Conference", language="en", items=AGENDA).code
            client, member = app.test_client(), app.test_client()
            client.post(f"/join/{code}", data={"name": "Ada"})
            member.post("/sign-in", data={"email": "a@b.example", "password": "x"})
            assert client.get(f"/e/{code}").status_code == 200
            db.session.rollback()
    for path in (f"/e/{code}", f"/e/{code}/me", "/"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers.get("Retry-After")) in ((503, "3"), (200, None))
    answer = client.get(f"/e/{code}")
    assert answer.status_code == 503
    assert "http-equiv" in answer.text
    assert "starting again" in answer.text
    sent = client.post(
        f"/e/{code}/questions", data={"text": "My words"}, headers={"Accept": STREAMS}
    )
    assert (sent.status_code, sent.mimetype) == (503, "text/vnd.turbo-stream.html")
    assert client.get(f"/api/v1/events/{code}").status_code in (401, 503)
    with postgresql(port) as url, app.app_context():
        Base.metadata.create_all(db.engine)
        with transaction():
            code = actions.create_event("Conference", language="en", items=AGENDA).code
        assert client.get(f"/join/{code}").status_code == 200
        db.session.rollback()
        db.engine.dispose()


@pytest.fixture
def cut_the_others(app):
    """End all connections to the database but one; the next test gets new ones."""

    def cut():
        with db.engine.connect() as connection:
            own = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                f"WHERE pid <> {own} AND datname = current_database()"
            )
            connection.rollback()

    yield cut
    db.session.rollback()
    db.engine.dispose()


@ON_POSTGRESQL
def test_connections_that_were_cut_while_they_rested_are_noticed_before_they_are_used(
    cut_the_others, event, browser, monkeypatch, quiet
):
    from app.database import connections

    code = event.code
    monkeypatch.setattr(connections, "RESTED", -1.0)
    assert browser().get(f"/join/{code}").status_code == 200
    db.session.rollback()
    cut_the_others()
    assert browser().get(f"/join/{code}").status_code == 200


@ON_POSTGRESQL
def test_one_request_at_most_pays_for_a_connection_that_was_cut_at_work(
    cut_the_others, event, browser, monkeypatch, quiet
):
    from app.database import connections

    code = event.code
    monkeypatch.setattr(connections, "RESTED", 1000.0)
    assert browser().get(f"/join/{code}").status_code == 200
    db.session.rollback()
    cut_the_others()
    statuses = [browser().get(f"/join/{code}").status_code for _ in range(5)]
    assert statuses.count(503) <= 2
    assert statuses[-1] == 200


@ON_SQLITE
def test_no_fault_names_what_somebody_has_typed(app, browser, monkeypatch, quiet):
    def fails(**_values):
        said = "could not write\nDETAIL:  Key (email)=(mia@town.example)"
        raise OperationalError("INSERT", {"email": "mia@town.example"}, Exception(said))

    monkeypatch.setitem(app.view_functions, "events.home", fails)
    assert browser().get("/").status_code == 503
    assert "mia@" not in quiet.text
