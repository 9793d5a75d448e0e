"""Heavy computing beside the event loop, so that nobody's page waits for it.

A thread does for what lets go of Python's lock: hashing, files, pictures. What computes in Python
itself would take the lock back from the event loop at each of its steps, and needs a process.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any, TypeVar

from gevent import get_hub
from gevent.monkey import is_module_patched

from app import apart

AT_ONCE = 2  # processes
LONGEST = 300.0  # seconds for one call: on a busy machine it waits long for a core
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # each would take memory

Result = TypeVar("Result")
_results: ContextVar[list[tuple[Any, Any]] | None] = ContextVar("results", default=None)


class GoneApart(RuntimeError):
    """The process that computed has ended without a result, and so has a second one."""


def run_aside(function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Call a function in a real thread and wait for it; other greenlets go on meanwhile.

    Outside the server, where nothing is patched, it is simply called.
    """
    if not is_module_patched("threading"):
        return function(*args, **kwargs)
    return get_hub().threadpool.apply(function, args, kwargs)


def run_apart(function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
    """Call a pure function of one of our modules in a process of its own, and wait for it.

    Outside the server, where nothing is patched, it is simply called.
    """
    known = _results.get()
    for call, result in known if known is not None else ():
        if call == (function, args, kwargs):
            return result  # type: ignore[no-any-return]
    here = not is_module_patched("threading")
    result = function(*args, **kwargs) if here else _workers.call(function, *args, **kwargs)
    if known is not None:
        known.append(((function, args, kwargs), result))
    return result


@contextmanager
def remembering() -> Iterator[None]:
    """What is computed apart in here is computed once, however often it is asked for.

    So it can be asked for before a transaction in which it is needed: there it has to be computed
    anew only if what it is made of has changed meanwhile.
    """
    token = _results.set([])
    try:
        yield
    finally:
        _results.reset(token)


class Workers:
    """A few processes that compute; each is started when it is first needed."""

    def __init__(self) -> None:
        self._turns = threading.BoundedSemaphore(AT_ONCE)
        self._idle: list[subprocess.Popen[bytes]] = []

    def call(self, function: Callable[..., Result], *args: Any, **kwargs: Any) -> Result:
        """What the function returns, or raises; `GoneApart` if it takes its process down."""
        call = (function, args, kwargs)
        with self._turns:
            try:
                done, outcome = self._ask(self._idle.pop() if self._idle else _started(), call)
            except (EOFError, OSError):  # it has just gone home, or was killed
                done, outcome = self._ask_anew(call)
        if not done:
            raise outcome
        return outcome  # type: ignore[no-any-return]

    def _ask_anew(self, call: Any) -> tuple[bool, Any]:
        try:
            return self._ask(_started(), call)
        except (EOFError, OSError) as error:
            raise GoneApart(call[0].__name__) from error

    def _ask(self, worker: "subprocess.Popen[bytes]", call: Any) -> tuple[bool, Any]:
        assert worker.stdin is not None
        assert worker.stdout is not None
        too_long = threading.Timer(LONGEST, worker.kill)
        too_long.start()
        try:
            apart.send(worker.stdin, call)
            answer: tuple[bool, Any] = apart.receive(worker.stdout)
        except BaseException:
            _end(worker)
            raise
        finally:
            too_long.cancel()
        self._idle.append(worker)
        return answer

    def close(self) -> None:
        """End those that have nothing to do."""
        while self._idle:
            _end(self._idle.pop())


def _started() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-I", apart.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, **ONE_THREAD},
    )


def _end(worker: "subprocess.Popen[bytes]") -> None:
    worker.kill()
    worker.wait()
    for pipe in (worker.stdin, worker.stdout):
        with suppress(OSError):
            pipe.close()  # type: ignore[union-attr]


_workers = Workers()
