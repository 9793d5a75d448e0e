"""Programs that are driven by lines: built where they are C, started, asked, measured, ended."""

import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from bench.stack.part import PAUSE, ROOT, descendants, ending_with_us, free_port

FOLDER = Path(__file__).resolve().parent
PATIENCE = 120  # seconds
TICKS = os.sysconf("SC_CLK_TCK")


class Missing(RuntimeError):
    """Something is not on this machine; its text is one line."""


def built(name: str) -> str:
    """A small C program, built on the spot; raises `Missing` where that is not possible."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        raise Missing("the load comes from a C program: this needs Linux and a compiler (cc)")
    program = Path(_builds.name) / name
    if not program.exists():
        source = FOLDER / f"{name}.c"
        subprocess.run([compiler, "-O2", "-o", str(program), str(source)], check=True)
    return str(program)


_builds = tempfile.TemporaryDirectory(prefix="dialograum-build-")


class Program:
    """A process that answers lines with lines."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None):
        self._log = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            ending_with_us(command, signal.SIGKILL),
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            bufsize=1,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        """The process's id."""
        return self._process.pid

    def say(self, line: str) -> None:
        """Tell it something."""
        self._process.stdin.write(line + "\n")  # type: ignore[union-attr]

    def ask(self, line: str, seconds: float = PATIENCE) -> Any:
        """Tell it something, and wait for the answer."""
        self.say(line)
        return self.answer(seconds)

    def answer(self, seconds: float = PATIENCE) -> Any:
        """The next line that it says."""
        output = self._process.stdout
        assert output is not None
        if not select.select([output], [], [], seconds)[0]:
            raise RuntimeError(f"no answer:\n{self.log}")
        line = output.readline()
        if not line:
            raise RuntimeError(f"it has ended:\n{self.log}")
        return json.loads(line)

    @property
    def log(self) -> str:
        """What it has written beside its answers."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")[-4000:]

    def wait_for_port(self, port: int) -> None:
        """Wait until it listens."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=5).close()
            except OSError as error:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"it did not start:\n{self.log}") from error
            time.sleep(PAUSE)


class Server(Program):
    """A server on a free port, which sends when it is told to."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str] | None = None):
        self.port = free_port()
        settings = {"PORT": str(self.port), "HOST": "127.0.0.1", **(environment or {})}
        super().__init__([word.format(port=self.port) for word in command], settings)
        self.wait_for_port(self.port)

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cpu(self) -> float:
        """The CPU seconds that it has used."""
        return cpu_of(self.pid)

    @property
    def kib(self) -> int:
        """Its memory in KiB."""
        return kib_of(self.pid)


def cpu_of(pid: int) -> float:
    """The CPU seconds of a process and its children."""
    return sum(_cpu_of_one(each) for each in (pid, *descendants(pid)))


def _cpu_of_one(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def kib_of(pid: int) -> int:
    """What a process has in memory, in KiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])
