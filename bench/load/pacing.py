"""What the servers written in Python share: commands as lines, an even pace, the same message."""

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from typing import Any

import gevent
from gevent.fileobject import FileObject

Command = Callable[..., Any]
CHANNEL = "event:BENCH"


def obey(commands: Mapping[str, Command], answers: int) -> None:
    """Carry out each line of standard input, and answer it; the end of the input is the end."""
    for line in FileObject(sys.stdin.fileno(), "r", close=False):
        name, *numbers = line.split()
        said = commands[name](*map(float, numbers))
        os.write(answers, (json.dumps(said or "done") + "\n").encode())
    os._exit(0)


def answers_apart() -> int:
    """Where answers go; what else is printed goes with the log."""
    answers = os.dup(1)
    os.dup2(2, 1)
    return answers


def paced(rate: float, count: float, do: Callable[[], None]) -> None:
    """Do something so often a second."""
    due = time.monotonic()
    for _ in range(int(count)):
        do()
        due += 1 / rate
        gevent.sleep(max(0.0, due - time.monotonic()))


def message(channel: str, revision: int, position: int, size: float) -> dict[str, Any]:
    """A change whose packet has so many bytes; it says when it was sent."""
    sent = {"channel": channel, "revision": revision, "position": position, "html": stamp()}
    bare = len(json.dumps(["change", sent], separators=(",", ":"))) + 2
    sent["html"] = stamp() + "x" * max(0, int(size) - bare)
    return sent


def stamp() -> str:
    """The moment, as the clients look for it."""
    return f"t={time.time() * 1000:.0f};"
