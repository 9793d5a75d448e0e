import os
import resource
import signal
import subprocess
import sys
import time

import pytest

from app.breakouts.engine.assignment import Person, Room, plan
from app.breakouts.engine.problem import ImpossibleInput
from app.livepolls.grouping import Concern, group
from app.offload import GoneApart, Workers, remembering, run_apart

SERVER = """
from gevent import monkey
monkey.patch_all()
import time
import gevent
from app.offload import run_apart

def mind():
    global turns
    while True:
        gevent.sleep(0.005)
        turns += 1

turns = 0
gevent.spawn(mind)
run_apart(time.sleep, 0.5)
print(turns)
"""
REST = "import os; from app.offload import Workers; print(Workers().call(os.getpid))"


@pytest.fixture
def workers():
    workers = Workers()
    yield workers
    workers.close()


CONCERNS = [Concern("c1", "Childcare"), Concern("c2", "Childcare in the evening")]


def test_outside_the_server_a_function_is_simply_called():
    assert run_apart(os.getpid) == os.getpid()


def test_what_was_computed_is_remembered_for_the_same_input_and_no_longer_than_wanted():
    asked = []

    def total(numbers, *, of=1):
        asked.append((list(numbers), of))
        return sum(numbers) * of

    with remembering():
        numbers = [1, 2]
        assert [run_apart(total, numbers), run_apart(total, [1, 2])] == [3, 3]
        assert [run_apart(total, [1, 2], of=2), run_apart(total, [1, 3])] == [6, 4]
        with remembering():
            assert run_apart(total, [1, 2]) == 3
        assert run_apart(total, [1, 2]) == 3
    assert asked == [([1, 2], 1), ([1, 2], 2), ([1, 3], 1), ([1, 2], 1)]
    assert run_apart(total, [1, 2]) == run_apart(total, [1, 2])
    assert len(asked) == 6


def test_what_failed_is_tried_again():
    tries = []

    def fail():
        tries.append(True)
        raise ZeroDivisionError

    with remembering():
        for _time in range(2):
            with pytest.raises(ZeroDivisionError):
                run_apart(fail)
    assert len(tries) == 2


def test_a_function_is_called_in_a_process_of_its_own(workers):
    assert workers.call(os.getpid) not in (os.getpid(), None)


def test_the_same_process_serves_again(workers):
    assert workers.call(os.getpid) == workers.call(os.getpid)


def test_what_is_computed_apart_is_what_is_computed_here(workers):
    here = group("What?", CONCERNS, lang="en")
    assert workers.call(group, "What?", CONCERNS, lang="en") == here


def test_rooms_are_assigned_apart_as_here(workers):
    people = [Person(n, n % 3) for n in range(12)]
    rooms = [Room(1), Room(2)]
    here, there = (do(plan, people, rooms, seed=1) for do in (run_apart, workers.call))
    assert here.assignment == there.assignment


def test_what_a_function_raises_is_raised_here(workers):
    with pytest.raises(ImpossibleInput):
        workers.call(plan, [Person(1, None)], [], seed=1)
    assert workers.call(len, "ab") == 2


def test_a_process_that_is_killed_is_replaced(workers):
    first = workers.call(os.getpid)
    os.kill(first, 9)
    assert workers.call(os.getpid) != first


def test_a_function_that_takes_its_process_down_is_given_up(workers):
    with pytest.raises(GoneApart):
        workers.call(os._exit, 3)
    assert workers.call(len, "ab") == 2


def test_a_function_that_never_ends_is_given_up(workers, monkeypatch):
    monkeypatch.setattr("app.offload.LONGEST", 0.3)
    with pytest.raises(GoneApart):
        workers.call(time.sleep, 60)


def test_a_function_that_computes_for_too_long_is_ended_by_the_system():
    """By the time it has computed, not by the time it has waited for a core."""
    endless = "from app import apart; apart.allow(0); print('begun', flush=True)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", endless], capture_output=True, timeout=60)
    assert ended.stdout == b"begun\n"
    assert ended.returncode == -signal.SIGXCPU


def test_a_function_may_compute_as_long_as_the_one_before_it(workers):
    """The limit is that of each call: what was computed before does not count."""
    first, second = (workers.call(resource.getrlimit, resource.RLIMIT_CPU)[0] for _ in range(2))
    assert 60 < first <= second < 70


def test_what_a_function_prints_is_no_result(workers):
    assert workers.call(print, "Hello") is None


def test_the_application_is_not_loaded_there(workers):
    workers.call(group, "What?", CONCERNS, lang="en")
    loaded = workers.call(eval, "sorted(__import__('sys').modules)")
    assert "app.livepolls.grouping" in loaded
    assert not {"flask", "sqlalchemy", "gevent"} & set(loaded)


def test_it_ends_with_the_server():
    said = subprocess.run([sys.executable, "-c", REST], capture_output=True, check=True).stdout
    deadline = time.monotonic() + 10
    while os.path.exists(f"/proc/{int(said)}") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not os.path.exists(f"/proc/{int(said)}")


def test_it_ends_without_a_word_when_the_server_was_killed():
    from app import apart

    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    with subprocess.Popen([sys.executable, apart.__file__], **pipes) as process:
        process.stdout.close()
        apart.send(process.stdin, (os.getpid, (), {}))
        assert (process.wait(20), process.stderr.read()) == (0, b"")


def test_the_event_loop_goes_on_meanwhile():
    answer = subprocess.run([sys.executable, "-c", SERVER], capture_output=True, check=True)
    assert int(answer.stdout) > 10
