"""The queue of one application: puts tasks in, and in the right process takes them out."""

import logging
import time
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask import Flask
from gevent.monkey import is_module_patched
from huey.api import Huey
from huey.consumer import Consumer
from huey.exceptions import RetryTask

import logs
from app import signals
from app.addresses import public_root
from app.errors import Busy
from app.extensions import socketio
from app.faults import FAULTS, told
from app.jobs.storage import PAUSE, make_queue
from app.jobs.tasks import Task, all_sweeps, all_tasks

WORKERS = 3  # at the same time, so that a slow mail server delays nothing else
LONGEST_IDLE = 1.0  # seconds until an idle worker looks again
SWEEP_SECONDS = 5  # from one look for lost work to the next

log = logging.getLogger(__name__)


class _Beside(Consumer):
    """A consumer inside the server, which leaves signals to it."""

    _stop_flag_timeout = LONGEST_IDLE

    def _set_signal_handlers(self) -> None: ...


class Jobs:
    """What one application has to do later, and whether this process does it."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        self.works_here = False
        self._consumer: Consumer | None = None
        self.immediate = False  # for tests: done at once, through the queue all the same

    @cached_property
    def huey(self) -> Huey:
        """The queue, with every task that features have brought."""
        queue = make_queue(self.app.extensions["settings"])
        self._calls = {task.name: self._wrapped(queue, task) for task in all_tasks()}
        if self.immediate:
            queue.immediate = True
        return queue

    def put(self, task: Task, args: tuple[Any, ...], delay: timedelta | None) -> None:
        """Have a task done by whoever takes tasks out; nothing is lost where nobody does."""
        if not self._has_taker():
            return
        cause = logs.request_id.get()
        if self._is_far and is_module_patched("socket"):  # nobody waits for Redis
            socketio.start_background_task(self._put, task, args, delay, cause)
        else:
            self._put(task, args, delay, cause)

    def _put(
        self, task: Task, args: tuple[Any, ...], delay: timedelta | None, cause: str | None
    ) -> None:
        try:
            call = self._call(task)
            if delay is None:
                call(*args, cause=cause)
            else:
                call.schedule(args, {"cause": cause}, delay=delay.total_seconds())
        except Exception as error:
            log.error("the queue of jobs cannot be written: %s", error)
            if self.works_here and delay is None:
                socketio.start_background_task(self._do, task, *args)

    def run_beside(self) -> None:
        """Work at tasks as greenlets of this process, for as long as it lives."""
        self.works_here = True
        socketio.start_background_task(self._consume, _Beside, "greenlet")

    def run(self) -> None:
        """Work at tasks until a signal ends this process, which does nothing else."""
        self.works_here = True
        self._consume(Consumer, "greenlet" if is_module_patched("socket") else "thread")

    def finish(self) -> None:
        """Take out no more, and wait until what is being done here is done."""
        self.works_here = False
        if self._consumer is not None:
            self._consumer.stop(graceful=True)

    def sweep(self) -> None:
        """Look for all work that nobody is at; what cannot be looked for now is later."""
        for look in all_sweeps():
            try:
                with self.context():
                    look()
            except FAULTS as fault:
                told(fault)
            except Exception:
                log.exception("%s failed", look.__name__)

    def context(self) -> Any:
        """The surroundings of a task: those of a request that nobody has sent."""
        with self.app.app_context():
            root = public_root()
        return self.app.test_request_context("/", base_url=root)

    def _has_taker(self) -> bool:
        """Whether somebody takes out what this process puts in."""
        if self.works_here or self.immediate:
            return True
        return self._is_far and self.app.extensions["settings"].jobs != "none"

    @property
    def _is_far(self) -> bool:
        """Whether the queue is in Redis, where other processes take tasks out too."""
        return self.app.extensions["settings"].redis_url is not None

    def _consume(self, kind: type[Consumer], worker_type: str) -> None:
        options = {"workers": WORKERS, "worker_type": worker_type, "periodic": False}
        options["graceful_signal"] = "TERM"  # what service managers send
        while True:
            try:
                consumer = kind(self.huey, max_delay=LONGEST_IDLE, scheduler_interval=2, **options)
                self._consumer = consumer
            except Exception as error:
                log.error("the queue of jobs cannot be opened: %s", error)
                time.sleep(PAUSE)
            else:
                consumer.run()
                return

    def _call(self, task: Task) -> Any:
        _ready = self.huey
        return self._calls[task.name]

    def _wrapped(self, queue: Huey, task: Task) -> Any:
        def do(*args: Any, cause: str | None = None) -> None:
            token = logs.request_id.set(cause)
            try:
                self._do(task, *args)
            except (*FAULTS, Busy) as fault:  # all in good time, and without a traceback
                told(fault)
                raise RetryTask(delay=task.pause) from None
            finally:
                logs.request_id.reset(token)

        return queue.task(
            name=task.name, retries=task.retries, retry_delay=task.pause, retry_backoff=2
        )(do)

    def _do(self, task: Task, *args: Any) -> None:
        began_at, outcome = time.monotonic(), "failed"
        try:
            with self.context():
                task(*args)
            outcome = "done"
        finally:
            seconds = time.monotonic() - began_at
            signals.job_ended.send(task.name, seconds=seconds, outcome=outcome)

    def queued(self) -> int | None:
        """How many tasks wait in the queue; none where nobody here puts any in."""
        return self.huey.pending_count() if self._has_taker() else None
