"""What is to be done later is done once its cause is committed, and found again when lost."""

import logging
import sqlite3
from datetime import timedelta
from types import SimpleNamespace

import pytest

from app import jobs
from app.database import transaction
from app.jobs import Jobs, queue, storage, tasks

pytestmark = pytest.mark.parametrize("database", ["sqlite"])
done = []


@jobs.task
def note(word):
    done.append(word)


@jobs.task
def stumble():
    done.append("stumbled")
    raise RuntimeError("not today")


@pytest.fixture(autouse=True)
def nothing_done():
    done.clear()


@pytest.fixture
def in_file(app, tmp_path, monkeypatch):
    """Jobs in a file of their own, as the server has them, without its workers."""
    settings = SimpleNamespace(instance=tmp_path, redis_url=None, secret_key="x", jobs="inside")
    monkeypatch.setitem(app.extensions, "settings", settings)
    made = Jobs(app)
    made.works_here = True
    monkeypatch.setitem(app.extensions, "jobs", made)
    monkeypatch.setattr(Jobs, "context", lambda self: self.app.app_context())
    return made


@pytest.fixture
def straight(monkeypatch):
    """Background tasks are done where they are started."""
    monkeypatch.setattr(queue.socketio, "start_background_task", lambda do, *args: do(*args))


def work(made):
    while (task := made.huey.dequeue()) is not None:
        made.huey.execute(task)


def test_a_task_waits_for_its_cause_to_be_committed(jobs_at_once):
    with transaction():
        jobs.later(note, "a")
        assert done == []
    assert done == ["a"]


def fail():
    with transaction():
        jobs.later(note, "a")
        raise RuntimeError


def test_what_is_rolled_back_has_nothing_done(jobs_at_once):
    with pytest.raises(RuntimeError):
        fail()
    with transaction():
        pass
    assert done == []


def test_outside_a_transaction_it_is_put_in_at_once(in_file):
    jobs.later(note, "a")
    assert done == []
    work(in_file)
    assert done == ["a"]


def test_what_is_delayed_waits(in_file):
    jobs.later(note, "a", delay=timedelta(minutes=2))
    work(in_file)
    assert done == []
    assert in_file.huey.scheduled_count() == 1


def test_an_unforeseen_error_is_tried_again_later(in_file, caplog):
    jobs.later(stumble)
    with caplog.at_level(logging.CRITICAL, "huey"):
        work(in_file)
    assert done == ["stumbled"]
    assert in_file.huey.scheduled_count() == 1


def test_nothing_is_put_in_where_nobody_takes_it_out(app, tmp_path, monkeypatch):
    made = Jobs(app)
    monkeypatch.setitem(app.extensions, "jobs", made)
    jobs.later(note, "a")
    assert "huey" not in vars(made)


def test_a_broken_file_is_begun_anew(in_file, tmp_path, caplog):
    (tmp_path / storage.FILE).write_bytes(b"this is no database, by no means at all" * 100)
    jobs.later(note, "a")
    assert "is broken" in caplog.text
    work(in_file)
    assert done == ["a"]


def test_while_nothing_can_be_put_in_it_is_done_straight(in_file, straight, monkeypatch, caplog):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(in_file.huey.storage, "enqueue", full)
    jobs.later(note, "a")
    assert done == ["a"]
    assert "disk is full" in caplog.text


def test_a_queue_that_cannot_be_read_says_so_once(in_file, monkeypatch, caplog):
    def broken():
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(storage.time, "sleep", lambda _: None)
    monkeypatch.setattr(in_file.huey.storage, "dequeue", broken)
    assert [in_file.huey.dequeue(), in_file.huey.dequeue()] == [None, None]
    assert caplog.text.count("cannot be read") == 1


def test_what_a_stranger_wrote_into_the_queue_is_not_done(in_file, monkeypatch):
    monkeypatch.setattr(storage.time, "sleep", lambda _: None)
    in_file.huey.storage.enqueue(b"cos\nsystem\n(S'true'\ntR.:0000")
    assert in_file.huey.dequeue() is None


def test_a_sweep_that_fails_does_not_keep_the_next_from_looking(in_file, monkeypatch, caplog):
    monkeypatch.setattr(tasks, "_sweeps", [lambda: 1 / 0, lambda: done.append("swept")])
    in_file.sweep()
    assert done == ["swept"]
    assert "division by zero" in caplog.text
