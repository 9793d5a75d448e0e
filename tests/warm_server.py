"""The real server without the wait for what it imports, which is most of its start.

What is about starting, or about a process as operators run it, takes a `LiveServer`.
"""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
from functools import cache

from tests.live_server import ROOT, LiveServer


class WarmServer(LiveServer):
    """`wsgi.py` in a copy of a process that has imported it all, but made no application."""

    def _launched(self) -> "Forked":
        printed = f"/proc/{os.getpid()}/fd/{self._log.fileno()}"
        return _starter().start({**os.environ, **self.environment}, printed)


class Forked:
    """A process that is not our child, with what `LiveServer` asks of one."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._handle = os.pidfd_open(pid)

    def __del__(self) -> None:
        os.close(self._handle)

    def poll(self) -> int | None:
        """Something once it has ended."""
        return 0 if select.select([self._handle], [], [], 0)[0] else None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; how it ended is not known."""
        if not select.select([self._handle], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired("wsgi.py", timeout or 0)
        return 0

    def send_signal(self, number: signal.Signals) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)


class _Starter:
    def __init__(self) -> None:
        self._process = subprocess.Popen(
            (sys.executable, "-m", "tests.warm_start"),
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        atexit.register(self._process.communicate)  # which ends it

    def start(self, environment: dict[str, str], printed: str) -> Forked:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([environment, printed]), file=self._process.stdin, flush=True)
        return Forked(int(self._process.stdout.readline()))


@cache
def _starter() -> _Starter:
    return _Starter()
