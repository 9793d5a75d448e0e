"""The application's processes: those that serve, and those that work at jobs."""

import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import requests

from bench.stack.part import Part, free_port


class AppProcess(Part):
    """One gunicorn with one worker, as deploy/ has it."""

    stop_seconds = 40.0

    def __init__(self, folder: Path, number: int, settings: Mapping[str, str]) -> None:
        self.name = f"app{number}"
        super().__init__(folder)
        self.port = free_port()
        self.settings = settings

    @property
    def url(self) -> str:
        """The address of this process alone, past nginx."""
        return f"http://127.0.0.1:{self.port}"

    def environment(self) -> Mapping[str, str]:
        """The settings of the set-up, on a port of its own."""
        return {**self.settings, "HOST": "127.0.0.1", "PORT": str(self.port)}

    def command(self) -> Sequence[str]:
        """The same as in the service file."""
        return [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "wsgi:app"]

    def is_ready(self) -> bool:
        """Whether it may be given work."""
        try:
            answer = requests.get(f"{self.url}/ready", timeout=5)
        except requests.RequestException:
            return False
        return answer.ok


class JobsWorker(Part):
    """One `flask jobs run`."""

    stop_signal = signal.SIGTERM

    def __init__(self, folder: Path, number: int, settings: Mapping[str, str]) -> None:
        self.name = f"worker{number}"
        super().__init__(folder)
        self.settings = settings

    def environment(self) -> Mapping[str, str]:
        """The settings of the set-up."""
        return self.settings

    def command(self) -> Sequence[str]:
        """The same as in the service file."""
        return [sys.executable, "-m", "flask", "--app", "wsgi", "jobs", "run"]
