"""The real server as a process of its own: started, killed and started again by tests."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import IO, Any

import requests

from bench.stack.part import ROOT, free_port

__all__ = ["ROOT", "LiveServer", "free_port"]

START_SECONDS = 120


class LiveServer:
    """`python wsgi.py` with this environment; it listens on the port named there."""

    command = (sys.executable, "wsgi.py")
    looked_at = "/health"  # what it answers when it is there
    told = signal.SIGINT  # that it should stop

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = dict(environment)
        self.environment.setdefault("PORT", str(free_port()))
        self.environment.setdefault("HOST", "127.0.0.1")
        self.url = f"http://127.0.0.1:{self.environment['PORT']}"
        self.process: Any = None  # what `_launched` gives: a `Popen`, or the like
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115

    def start(self) -> None:
        """Start it, unless it runs, and wait until it answers."""
        if self.process is not None and self.process.poll() is None:
            return
        self.process = self._launched()
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                log = self.log
                self.stop()
                raise RuntimeError(f"the server did not start:\n{log}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it as an operator does."""
        self._end(self.told)
        self._log.close()

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def restart(self) -> None:
        """Kill it and start it again on the same port."""
        self.kill()
        self.start()

    @property
    def log(self) -> str:
        """What it has printed so far."""
        self._log.seek(0)
        text = self._log.read().decode(errors="replace")
        self._log.seek(0, os.SEEK_END)
        return text

    def _launched(self) -> Any:
        return subprocess.Popen(
            self.command,
            cwd=ROOT,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=subprocess.STDOUT,
        )

    def _answers(self) -> bool:
        try:
            return requests.get(f"{self.url}{self.looked_at}", timeout=2).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def _end(self, how: signal.Signals) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
