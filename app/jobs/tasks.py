"""Tasks and sweeps: what features can have done later, and how what was lost is found again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from flask import current_app

from app.database import afterwards

Do = Callable[..., None]


@dataclass(frozen=True)
class Task:
    """A function that is called later, in an application context, with plain values."""

    name: str
    do: Do
    retries: int = 3  # after errors that nobody foresaw
    pause: int = 10  # seconds before the first of these; each is twice as long as the last

    def __call__(self, *args: Any) -> None:
        """Do it here and now."""
        self.do(*args)


_tasks: dict[str, Task] = {}
_sweeps: list[Callable[[], None]] = []


def task(do: Do) -> Task:
    """Mark a function that `later` can be told to do."""
    made = Task(f"{do.__module__}.{do.__name__}", do)
    _tasks[made.name] = made
    return made


def later(task: Task, *args: Any, delay: timedelta | None = None) -> None:
    """Have a task done soon, or after a while: once what is being written now is committed.

    Where this process has nobody to do it, a command for instance, the sweeps find it.
    """
    jobs = current_app.extensions["jobs"]
    afterwards(partial(jobs.put, task, args, delay))


def sweep(look: Callable[[], None]) -> Callable[[], None]:
    """Mark what looks for rows that nobody works at, and has them done; it must be cheap."""
    _sweeps.append(look)
    return look


def all_tasks() -> tuple[Task, ...]:
    """All tasks of the features that were imported."""
    return tuple(_tasks.values())


def all_sweeps() -> tuple[Callable[[], None], ...]:
    """All sweeps of the features that were imported."""
    return tuple(_sweeps)
