"""Private PostgreSQL and Redis servers for the tests.

Each lives in a temporary folder, listens on 127.0.0.1 and is gone when its ``with``
block ends:

    with postgresql() as url, redis_server() as redis_url:
        ...

The port is a free one unless it is named, as a test that restarts a server does.
"""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg

START_SECONDS = 30
STOP_SECONDS = 10

INITDB_OPTIONS = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
POSTGRESQL_SETTINGS = (
    # Fast instead of safe: nothing here outlives the test run.
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=64MB",
)


class ServerError(RuntimeError):
    """A server could not be started; the message holds what it said."""


@contextlib.contextmanager
def postgresql(port: int | None = None) -> Iterator[str]:
    """Run a PostgreSQL server; yield the URL of its empty database ``test``.

    PostgreSQL refuses to run as root, so root runs it as the user ``postgres``.
    """
    initdb, postgres = _postgresql_program("initdb"), _postgresql_program("postgres")
    user = "postgres" if os.geteuid() == 0 else _login()
    port = port or _free_port()
    server = f"{user}@127.0.0.1:{port}"

    def create_database() -> None:
        url = f"postgresql://{server}/postgres"
        with psycopg.connect(url, autocommit=True, connect_timeout=5) as connection:
            connection.execute("CREATE DATABASE test")

    with _folder("dialograum-pg-", owner=user) as folder:
        data = str(folder / "data")
        _run(
            [initdb, "--pgdata", data, "--username", user, "--auth=trust", *INITDB_OPTIONS],
            folder,
            user,
        )
        command = [postgres, "-D", data, "-h", "127.0.0.1", "-p", str(port), "-k", str(folder)]
        for setting in POSTGRESQL_SETTINGS:
            command += ["-c", setting]
        # SIGINT is PostgreSQL's fast shutdown: it ends the sessions that are open.
        with _server(command, folder, user=user, stop=signal.SIGINT, first_call=create_database):
            yield f"postgresql+psycopg://{server}/test"


@contextlib.contextmanager
def redis_server(port: int | None = None) -> Iterator[str]:
    """Run a Redis server that keeps nothing on disk; yield its URL."""
    program = shutil.which("redis-server")
    if program is None:
        raise ServerError("redis-server is not installed")
    port = port or _free_port()

    def ping() -> None:
        with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
            connection.sendall(b"PING\r\n")
            if not connection.recv(16).startswith(b"+PONG"):
                raise ConnectionError("Redis is not ready")

    with _folder("dialograum-redis-") as folder:
        command = [program, "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
        command += ["--save", "", "--appendonly", "no"]
        with _server(command, folder, stop=signal.SIGTERM, first_call=ping):
            yield f"redis://127.0.0.1:{port}/0"


@contextlib.contextmanager
def _server(
    command: Sequence[str],
    folder: Path,
    *,
    user: str | None = None,
    stop: signal.Signals,
    first_call: Callable[[], None],
) -> Iterator[None]:
    """Run a command from the time its first call is answered until the block ends."""
    log = folder / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _ending_with_us(command, stop),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that Ctrl-C reaches only the tests
            **_identity(user),
        )
    try:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                first_call()
                break
            except (OSError, psycopg.OperationalError) as error:
                if process.poll() is not None or time.monotonic() > deadline:
                    raise ServerError(f"{command[0]} did not start:\n{_tail(log)}") from error
                time.sleep(0.05)
        yield
    finally:
        if process.poll() is None:
            process.send_signal(stop)
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _run(command: Sequence[str], folder: Path, user: str) -> None:
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, **_identity(user)
    )
    if done.returncode:
        raise ServerError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _ending_with_us(command: Sequence[str], stop: signal.Signals) -> list[str]:
    """Let the kernel stop the server, where it can, if this process is killed."""
    setpriv = shutil.which("setpriv")
    prefix = [setpriv, "--pdeathsig", stop.name.removeprefix("SIG"), "--"] if setpriv else []
    return [*prefix, *command]


def _identity(user: str | None) -> dict[str, Any]:
    """Return what makes subprocess run a command as that user."""
    if user is None or user == _login():
        return {}
    return {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []}


def _login() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


@contextlib.contextmanager
def _folder(prefix: str, owner: str | None = None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        if owner is not None and owner != _login():
            shutil.chown(name, owner)
        yield Path(name)


def _postgresql_program(name: str) -> str:
    """Find one of PostgreSQL's server programs; Debian keeps them out of PATH."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda path: float(path.parts[-3]),
    )
    found = shutil.which(name) or (str(debian[-1]) if debian else None)
    if found is None:
        raise ServerError(f"PostgreSQL's {name} is not installed")
    return found


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])
