"""One program of a set-up: started, watched, killed and started again."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 60
PAUSE = 0.05

# The kernel ends a child with the thread that has started it, so all have one that lasts.
_starter = ThreadPoolExecutor(1, thread_name_prefix="starter")


class PartError(RuntimeError):
    """A program did not do what it was asked; the message holds what it said."""


class Part:
    """A program with a folder and a log; subclasses say what it is, and when it is up."""

    name = "part"
    stop_signal = signal.SIGTERM
    stop_seconds = 10.0

    def __init__(self, folder: Path) -> None:
        self.root = ROOT  # where it runs; another version of the project, after an upgrade
        self.folder = folder / self.name
        self.folder.mkdir(parents=True, exist_ok=True)
        self._log = self.folder / "log"
        self._kept_log: str | None = None
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> Sequence[str]:
        """What is run."""
        raise NotImplementedError

    def environment(self) -> Mapping[str, str]:
        """The settings it is run with, besides those of this process."""
        return {}

    def user(self) -> str | None:
        """As whom it runs; nobody else unless said so."""
        return None

    def is_ready(self) -> bool:
        """Whether it does its work."""
        return True

    @property
    def pid(self) -> int:
        """The process's id."""
        if self.process is None:
            raise PartError(f"{self.name} was never started")
        return self.process.pid

    @property
    def is_running(self) -> bool:
        """Whether its process is there."""
        return self.process is not None and self.process.poll() is None

    @property
    def log(self) -> str:
        """All that it has said so far, over all its lives; it stays when the folder has gone."""
        if self._kept_log is not None:
            return self._kept_log
        return self._log.read_text(errors="replace") if self._log.exists() else ""

    def start(self, *, wait: bool = True) -> None:
        """Start it, unless it runs, and wait until it is ready."""
        if not self.is_running:
            self.process = _starter.submit(self._spawn).result()
        if wait:
            self.wait_until_ready()

    def wait_until_ready(self, seconds: float = START_SECONDS) -> None:
        """Wait until it does its work."""
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            if not self.is_running or time.monotonic() > deadline:
                raise PartError(f"{self.name} did not start:\n{self.log[-4000:]}")
            time.sleep(PAUSE)

    def terminate(self) -> None:
        """Tell it to stop, as an operator does, and come back at once."""
        if self.is_running:
            os.kill(self.pid, self.stop_signal)

    def stop(self) -> None:
        """Tell it to stop, and wait until it has; its end is forced after its time."""
        self.terminate()
        if self.process is None:
            return
        try:
            self.process.wait(self.stop_seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it and its children at once, as a power cut does."""
        if not self.is_running:
            return
        for pid in (self.pid, *descendants(self.pid)):
            _kill(pid)
        self.process.wait()  # type: ignore[union-attr]

    def close(self) -> None:
        """See that it has stopped, and keep its log beyond its folder's end."""
        self.stop()
        self._kept_log = self.log

    def restart(self) -> None:
        """Stop it and start it again on the same port with the same data."""
        self.stop()
        self.start()

    def signal(self, number: signal.Signals) -> None:
        """Send its main process a signal."""
        os.kill(self.pid, number)

    def _spawn(self) -> subprocess.Popen[bytes]:
        with self._log.open("ab") as log:
            return subprocess.Popen(
                ending_with_us(self.command(), self.stop_signal),
                cwd=self.root,
                env={**os.environ, **self.environment()},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that Ctrl-C reaches only us
                **identity(self.user()),
            )


def ending_with_us(command: Sequence[str], stop: signal.Signals) -> list[str]:
    """Let the kernel stop the program, where it can, if this one is killed."""
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig", stop.name.removeprefix("SIG"), "--"] if setpriv else []
    return [*prefix, *command]


def identity(user: str | None) -> dict[str, Any]:
    """What makes subprocess run a command as that user."""
    if user is None or user == login():
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def login() -> str:
    """Who runs this program."""
    return pwd.getpwuid(os.geteuid()).pw_name


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def descendants(pid: int) -> list[int]:
    """The children of a process, and theirs, where /proc tells."""
    children: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, _read(task).split()):
            children += [child, *descendants(child)]
    return children


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has just ended
        return ""


def _kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
