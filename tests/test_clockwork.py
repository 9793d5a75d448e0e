import logging
import subprocess
import sys
from contextlib import suppress

import pytest
from flask import has_request_context
from sqlalchemy import column, select, table

from app import clockwork
from app.clockwork import every, run
from app.database import is_reachable
from app.events.models import Event
from app.extensions import db

WAITING = """
from gevent import monkey
monkey.patch_all()
from types import SimpleNamespace
import gevent
from flask import Flask
from gevent.event import Event
from app import clockwork

clockwork._chores.clear()
done, both = Event(), Event()

@clockwork.every(60)
def first():
    done.wait()
    print("first")
    both.set()

@clockwork.every(60)
def second():
    print("second")
    done.set()

tasks = SimpleNamespace(start_background_task=gevent.spawn, sleep=gevent.sleep)
clockwork.run(Flask("app"), tasks)
assert both.wait(20)
"""

TAKING_LONG = """
from gevent import monkey
monkey.patch_all()
import sys
from types import SimpleNamespace
import gevent
from app import clockwork, create_app
from sqlalchemy import literal, select

app = create_app({"INSTANCE_PATH": sys.argv[1], "SECRET_KEY": "not a secret"})
clockwork._chores.clear()
clockwork.LOOK = 0.05
ends = gevent.event.Event()
times = []

@clockwork.every(0.1, if_any=lambda moment: select(literal(1)))
def slow():
    print("begun")
    gevent.sleep(0.3)
    print("done")
    times.append(1)
    if len(times) == 2:
        ends.set()
        gevent.sleep(60)

tasks = SimpleNamespace(start_background_task=gevent.spawn, sleep=gevent.sleep)
clockwork.run(app, tasks)
assert ends.wait(20)
"""


class Enough(Exception):
    """The time is over."""


class Time:
    """Stands for Flask-SocketIO: each task has so many seconds, which pass when it sleeps."""

    def __init__(self, seconds):
        self.seconds = self.left = seconds

    def start_background_task(self, do, *args):
        left, self.left = self.left, self.seconds
        with suppress(Enough):
            do(*args)
        self.left = left

    def sleep(self, seconds):
        self.left -= seconds
        if self.left < 0:
            raise Enough


@pytest.fixture(autouse=True)
def no_chores(monkeypatch):
    """The real chores rest during these tests."""
    monkeypatch.setattr(clockwork, "_chores", [])


def test_a_chore_is_done_when_it_is_due_and_not_before(app):
    done = []
    every(1)(lambda: done.append("often"))
    every(3)(lambda: done.append("rarely"))
    run(app, Time(5))
    assert done == ["often"] * 6 + ["rarely"] * 2


def test_a_chore_may_ask_the_database_and_make_links(app):
    seen = []
    every(1)(lambda: seen.append((has_request_context(), is_reachable())))
    run(app, Time(0))
    assert seen == [(True, True)]


def test_a_chore_that_fails_keeps_no_other_from_being_done(app, caplog):
    done = []

    @every(1)
    def fails():
        1 / 0  # noqa: B018

    every(1)(lambda: done.append(1))
    with caplog.at_level(logging.ERROR):
        run(app, Time(1))
    assert done == [1, 1]
    assert caplog.text.count("fails failed") == 2


def test_a_chore_that_takes_its_time_holds_up_no_other(app):
    """In greenlets, as on a server: the first one waits for what only the second one does."""
    said = subprocess.run([sys.executable, "-c", WAITING], capture_output=True, check=True)
    assert said.stdout.split() == [b"second", b"first"]


def test_a_chore_with_a_question_is_done_as_soon_as_that_finds_something(app, event):
    done, asked = [], []

    def titled(moment):
        asked.append(moment)
        return select(Event.id).where(Event.title == "Now", Event.created_at <= moment)

    @every(0.5, if_any=titled)
    def look_after():
        done.append(has_request_context())

    run(app, Time(2))
    assert done == []
    event.title = "Now"
    db.session.commit()
    run(app, Time(2))
    assert done == [True] * 5


def test_questions_are_asked_together(app, event, statements):
    for title in ("A", "B", "C"):
        titled = select(Event.id).where(Event.title == title)
        every(0.5, if_any=lambda _moment, titled=titled: titled)(pytest.fail)
    statements.clear()
    run(app, Time(0))
    assert len([sent for sent in statements if not sent.startswith("BEGIN")]) == 1


def test_a_chore_that_is_being_done_is_not_begun_again(tmp_path):
    """In greenlets, as on a server: it takes several looks, and rests after it."""
    program = [sys.executable, "-c", TAKING_LONG, str(tmp_path)]
    said = subprocess.run(program, capture_output=True, check=True)
    assert said.stdout.split() == [b"begun", b"done", b"begun", b"done"]


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
@pytest.mark.postgresql
def test_a_question_that_cannot_be_asked_keeps_no_other_from_it(app, event, caplog):
    done = []
    nowhere = select(column("a")).select_from(table("nowhere"))

    @every(0.5, if_any=lambda _moment: nowhere)
    def lost():
        done.append("lost")

    every(0.5, if_any=lambda _moment: select(Event.id))(lambda: done.append("found"))
    run(app, Time(0))
    assert done == ["found"]
    assert "nobody knows whether lost has to be done" in caplog.text


def test_a_question_is_asked_no_more_often_than_the_chore_is_to_be_done(app, event):
    done = []
    every(1.5, if_any=lambda _moment: select(Event.id))(lambda: done.append(1))
    run(app, Time(3))
    assert done == [1] * 3
