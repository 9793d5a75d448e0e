import logging

import pytest
from flask import has_request_context

from app import clockwork
from app.clockwork import every, run
from app.database import is_reachable


class Enough(Exception):
    """The loop has gone round as often as it should."""


class Rounds:
    """Stands for Flask-SocketIO, and stops the loop after some rounds."""

    def __init__(self, rounds):
        self.left = rounds

    def sleep(self, _seconds):
        self.left -= 1
        if not self.left:
            raise Enough


@pytest.fixture(autouse=True)
def no_chores(monkeypatch):
    """The real chores rest during these tests."""
    monkeypatch.setattr(clockwork, "_chores", [])


def test_a_chore_is_done_when_it_is_due_and_not_before(app):
    done = []
    every(0)(lambda: done.append("often"))
    every(3600)(lambda: done.append("rarely"))
    with pytest.raises(Enough):
        run(app, Rounds(3))
    assert done == ["often", "rarely", "often", "often"]


def test_a_chore_may_ask_the_database_and_make_links(app):
    seen = []
    every(0)(lambda: seen.append((has_request_context(), is_reachable())))
    with pytest.raises(Enough):
        run(app, Rounds(1))
    assert seen == [(True, True)]


def test_a_chore_that_fails_keeps_no_other_from_being_done(app, caplog):
    done = []

    @every(0)
    def fails():
        1 / 0  # noqa: B018

    every(0)(lambda: done.append(1))
    with caplog.at_level(logging.ERROR), pytest.raises(Enough):
        run(app, Rounds(2))
    assert done == [1, 1]
    assert caplog.text.count("fails failed") == 2
