"""What the log's lines say, and what they keep to themselves."""

import io
import json
import logging
import sqlite3

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

import logs
from app.extensions import db

NAME = "Zebedäus"


@pytest.fixture
def written():
    """Let a logger write in a format, and read it."""

    def write(kind, level, message, *args, name="app.here", **options):
        stream = io.StringIO()
        handler = logging.StreamHandler(stream)
        handler.setFormatter(logs.Text() if kind == "text" else logs.Json())
        handler.addFilter(logs.Discretion())
        logger = logging.getLogger(name)
        was = logger.propagate, logger.level
        logger.propagate, logger.level = False, logging.DEBUG
        logger.addHandler(handler)
        logger.log(level, message, *args, **options)
        logger.removeHandler(handler)
        logger.propagate, logger.level = was
        return stream.getvalue()

    return write


def raised(fail):
    try:
        fail()
    except Exception as error:
        return error


def nested():
    try:
        int(NAME)
    except ValueError as error:
        raise KeyError(NAME) from error


def test_a_line_for_programs_is_one_object(written):
    line = written("json", logging.INFO, "%d things\nare done", 3)
    assert line.count("\n") == 1
    said = json.loads(line)
    assert said.pop("time").endswith("+00:00")
    assert said == {"level": "info", "logger": "app.here", "message": "3 things\nare done"}


def test_a_line_for_people_says_when_how_bad_and_what(written):
    line = written("text", logging.ERROR, "%d things", 3)
    assert " ERROR 3 things\n" in line
    assert line.startswith("20")


@pytest.mark.parametrize("kind", logs.FORMATS)
def test_what_belongs_to_a_request_carries_its_id(written, kind):
    token = logs.request_id.set("abcdef123456")
    line = written(kind, logging.INFO, "done")
    logs.request_id.reset(token)
    assert "abcdef123456" in line
    assert "abcdef123456" not in written(kind, logging.INFO, "done")


@pytest.mark.parametrize("kind", logs.FORMATS)
def test_an_exception_is_told_without_its_own_words(written, kind):
    line = written(kind, logging.ERROR, "it failed", exc_info=raised(nested))
    assert NAME not in line
    assert "KeyError, from ValueError" in line
    assert "in nested" in line
    assert "test_lines.py:" in line
    assert "Traceback (most recent call last):" in line


@pytest.mark.parametrize("kind", logs.FORMATS)
def test_not_even_as_a_part_of_the_message(written, kind):
    line = written(kind, logging.WARNING, "%s failed: %s", "a job", raised(nested))
    assert "a job failed: KeyError" in line
    assert NAME not in line
    assert NAME not in written(kind, logging.ERROR, raised(nested))


def test_faults_of_the_code_keep_their_words(written):
    line = written("text", logging.ERROR, "it failed", exc_info=raised(lambda: None.missing))
    assert "'NoneType' object has no attribute 'missing'" in line


@pytest.mark.parametrize("kind", logs.FORMATS)
def test_bad_weather_is_one_line_with_its_place(written, kind):
    error = OperationalError("SELECT 1", {}, sqlite3.OperationalError(NAME))
    line = written(kind, logging.ERROR, "a tick failed", exc_info=raised(lambda: throw(error)))
    assert line.count("\n") == 1
    assert "Traceback" not in line
    assert "OperationalError" in line
    assert "in throw" in line
    assert NAME not in line


def throw(error):
    raise error


def test_what_a_database_says_of_a_value_stays_there(app, written):
    where = text("INSERT INTO account (email) VALUES (:name)")
    with pytest.raises(DBAPIError) as refused:
        db.session.execute(where, {"name": NAME})
    db.session.rollback()
    line = written("json", logging.ERROR, "it failed", exc_info=refused.value)
    assert NAME not in line
    assert "IntegrityError" in line
    assert "NOTNULL" in line or "23502" in line


def test_a_broken_rule_of_the_database_is_named(app, written, database):
    insert = text("INSERT INTO channel (name, position) VALUES (:name, 1)")
    db.session.execute(insert, {"name": NAME})
    with pytest.raises(DBAPIError) as refused:
        db.session.execute(insert, {"name": NAME})
    db.session.rollback()
    told = logs.described(refused.value)
    assert NAME not in told
    assert ("pk_channel" if database == "postgresql" else "SQLITE_CONSTRAINT") in told


def test_a_full_disk_is_recognised():
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA page_count"))
        connection.execute(text("CREATE TABLE t (x)"))
        connection.execute(text("PRAGMA max_page_count = 2"))
        with pytest.raises(OperationalError) as full:
            connection.execute(text("INSERT INTO t VALUES (zeroblob(100000))"))
    engine.dispose()
    assert logs.described(full.value) == "OperationalError (OperationalError (SQLITE_FULL))"


@pytest.mark.parametrize(
    ("logger", "message"),
    [
        ("gevent.pywsgi", f"(from ('203.0.113.9', 1)) Invalid HTTP method: '{NAME}'"),
        ("gunicorn.error", f"Invalid request from ip=203.0.113.9: {NAME}"),
        ("engineio.server", f"Invalid session {NAME}"),
        ("socketio.server", f"{NAME} is not connected"),
    ],
)
def test_what_peers_send_is_a_warning_without_their_words_and_comes_once(written, logger, message):
    line = written("text", logging.ERROR, message, name=logger)
    assert " WARNING " in line
    assert NAME not in line
    assert "203.0.113.9" not in line
    discretion = logs.Discretion()
    records = [logging.makeLogRecord({"name": logger, "msg": message}) for _ in range(3)]
    assert [discretion.filter(record) for record in records] == [True, False, False]
    assert all(record.of_a_peer for record in records)


def test_what_cannot_be_read_on_a_socket_leaves_no_traceback(written):
    from socketio.packet import Packet

    unread = raised(lambda: Packet(encoded_packet="2[broken"))
    line = written("text", logging.ERROR, "message handler error", exc_info=unread)
    assert "cannot be read" in line
    assert "Traceback" not in line


def test_our_own_fault_in_a_sockets_handler_keeps_its_traceback(written):
    line = written(
        "text", logging.ERROR, "connect handler error", exc_info=raised(nested), name="engineio"
    )
    assert " ERROR " in line
    assert "in nested" in line


def test_a_failed_request_is_told_without_its_address(written):
    line = written("json", logging.ERROR, "Error handling request /join/ABC234?name=x")
    assert "ABC234" not in line
    assert json.loads(line)["message"] == "a request failed"
