"""Turns: bounded work, a bounded line, submissions before pages."""

import threading
import time

import pytest

from app import signals
from app.errors import Busy
from app.turns import UPLOADS, Turns


class Worker(threading.Thread):
    """Somebody who takes a turn, says so, and ends it when told."""

    def __init__(self, turns, line, order=None, name=""):
        super().__init__(daemon=True, name=name)
        self.turns, self.line, self.order = turns, line, order
        self.begun, self.go = threading.Event(), threading.Event()
        self.refused = None

    def run(self):
        try:
            with self.turns.take(self.line):
                if self.order is not None:
                    self.order.append(self.name)
                self.begun.set()
                self.go.wait(10)
        except Busy as error:
            self.refused = error

    def start_and_wait(self):
        before = len(self.line.waiting)
        self.start()
        deadline = time.monotonic() + 5
        while not self.begun.is_set() and len(self.line.waiting) == before:
            assert time.monotonic() < deadline
            time.sleep(0.005)
        return self


def end(*workers):
    for worker in workers:
        worker.go.set()
    for worker in workers:
        worker.join(10)


def test_no_more_work_at_once_than_there_are_turns():
    turns = Turns(at_once=2)
    first, second = (Worker(turns, turns.pages).start_and_wait() for _ in range(2))
    assert first.begun.wait(5)
    assert second.begun.wait(5)
    third = Worker(turns, turns.pages).start_and_wait()
    assert not third.begun.wait(0.1)
    end(first)
    assert third.begun.wait(5)
    end(second, third)


def test_submissions_go_before_pages_and_each_line_keeps_its_order():
    turns, order = Turns(at_once=1), []
    working = Worker(turns, turns.pages).start_and_wait()
    waiting = [
        Worker(turns, line, order, name).start_and_wait()
        for line, name in (
            (turns.pages, "page 1"),
            (turns.pages, "page 2"),
            (turns.submissions, "submission 1"),
            (turns.submissions, "submission 2"),
        )
    ]
    for worker in waiting:
        worker.go.set()
    end(working, *waiting)
    assert order == ["submission 1", "submission 2", "page 1", "page 2"]


def test_pages_and_subscriptions_take_turns():
    turns, order = Turns(at_once=1), []
    working = Worker(turns, turns.submissions).start_and_wait()
    waiting = [
        Worker(turns, line, order, line.name).start_and_wait()
        for line in (turns.pages, turns.pages, turns.subscriptions, turns.subscriptions)
    ]
    for worker in waiting:
        worker.go.set()
    end(working, *waiting)
    assert order[0] != order[1]
    assert order[2] != order[3]


def test_a_line_that_is_too_long_refuses_at_once_with_a_time_to_come_again():
    turns, told = Turns(at_once=1), []
    turns.pages.most = 1

    def tell(line):
        told.append(line)

    signals.turn_refused.connect(tell)
    working = Worker(turns, turns.pages).start_and_wait()
    waiting = Worker(turns, turns.pages).start_and_wait()
    began = time.monotonic()
    with pytest.raises(Busy) as refused, turns.take(turns.pages):
        pass
    assert time.monotonic() - began < 1.5  # who gets a place in the line waits two seconds
    assert 2 <= refused.value.retry_after <= 6
    assert told == ["pages"]
    end(working, waiting)


def test_those_who_are_sent_away_do_not_come_again_as_one():
    turns = Turns()
    turns.pages.most = 0
    seconds = set()
    for _ in range(200):
        with pytest.raises(Busy) as refused, turns.take(turns.pages):
            pass
        seconds.add(refused.value.retry_after)
    assert len(seconds) > 3


def test_whoever_has_waited_too_long_is_sent_away_and_the_line_goes_on():
    turns = Turns(at_once=1)
    turns.submissions.patience = 0.1
    working = Worker(turns, turns.pages).start_and_wait()
    with pytest.raises(Busy), turns.take(turns.submissions):
        pass
    assert not turns.submissions.waiting
    end(working)
    with turns.take(turns.submissions):
        pass


def test_a_turn_ends_when_the_work_fails():
    turns = Turns(at_once=1)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), turns.take(turns.pages):
            raise ZeroDivisionError
    with turns.take(turns.pages):
        pass


def test_large_files_take_no_turns_but_few_come_in_at_once():
    turns = Turns(at_once=1)
    held = [turns.upload() for _ in range(UPLOADS)]
    for upload in held:
        upload.__enter__()
    with turns.take(turns.submissions):
        pass
    with pytest.raises(Busy), turns.upload():
        pass
    held.pop().__exit__(None, None, None)
    with turns.upload():
        pass


def test_a_crowd_gets_through_and_nobody_twice_at_a_time():
    turns, at_once, most = Turns(at_once=3), 0, 0
    lock = threading.Lock()
    turns.pages.patience = 30

    def work():
        nonlocal at_once, most
        with turns.take(turns.pages):
            with lock:
                at_once += 1
                most = max(most, at_once)
            time.sleep(0.001)
            with lock:
                at_once -= 1

    crowd = [threading.Thread(target=work) for _ in range(100)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join(30)
    assert most == 3
    assert at_once == 0
