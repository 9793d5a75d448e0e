"""A process that computes for the server: it calls what it is sent, and sends back the results.

`offload.run_apart` starts it as a program of its own. It needs neither the application nor the
database, so it has to import no more than what computes.
"""

import os
import pickle
import resource
import select
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import IO, Any

IDLE = 300  # seconds after which it gives its memory back
LESS_URGENT = 1  # than the server; more, and a busy machine would never come to it
LONGEST = 60  # seconds of computing for one call, however long it waits for a core meanwhile
HEAD = 8  # bytes that say how many follow


def send(pipe: IO[bytes], message: Any) -> None:
    """Write a message to the other side."""
    data = pickle.dumps(message)
    pipe.write(len(data).to_bytes(HEAD, "big") + data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> Any:
    """The next message from the other side; raises `EOFError` once that has gone."""
    head = pipe.read(HEAD)
    data = pipe.read(int.from_bytes(head, "big"))
    if len(head) < HEAD or not data:
        raise EOFError
    return pickle.loads(data)  # noqa: S301 - from a process of our own


def work(calls: IO[bytes], results: IO[bytes]) -> None:
    """Do call after call, until nobody has wanted anything for a while, or the server has gone."""
    while select.select([calls], [], [], IDLE)[0]:
        try:
            function, args, kwargs = receive(calls)
        except EOFError:
            return
        allow(LONGEST)
        outcome = _outcome(function, args, kwargs)
        try:
            send(results, outcome)
        except BrokenPipeError:
            os._exit(0)  # the server was killed meanwhile; what waits in the pipe is nobody's


def allow(seconds: int) -> None:
    """Be ended by the system after so much more computing."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds + 1, hard))


def _outcome(function: Any, args: Any, kwargs: Any) -> tuple[bool, Any]:
    try:
        return True, function(*args, **kwargs)
    except Exception as error:
        return False, error


def _without_application() -> None:
    """Let `app` be the folder only, without all that its `__init__` joins."""
    folder = Path(__file__).resolve().parent
    package = ModuleType("app")
    package.__path__ = [str(folder)]
    sys.modules["app"] = package
    sys.path.insert(0, str(folder.parent))


def main() -> None:
    """Work for the server at the other end of the pipes."""
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a function prints is no result
    os.nice(LESS_URGENT)
    _without_application()
    work(sys.stdin.buffer, results)


if __name__ == "__main__":
    main()
