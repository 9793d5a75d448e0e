"""PostgreSQL and Redis, from the programs of this machine."""

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Sequence
from pathlib import Path

import psycopg

from bench.stack.part import Part, PartError, free_port, identity, login

INITDB_OPTIONS = ("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
DURABLE = ("max_connections=300", "shared_buffers=128MB")
FAST = (
    # For what nobody looks at after the run, nor after a crash.
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=200",
    "shared_buffers=64MB",
)


class PostgreSQL(Part):
    """A PostgreSQL server with one empty database; as root it runs as the user ``postgres``."""

    name = "postgresql"
    stop_signal = signal.SIGINT  # its fast shutdown: it ends the sessions that are open

    def __init__(self, folder: Path, port: int | None = None, *, durable: bool = True) -> None:
        super().__init__(folder)
        self.port = port or free_port()
        self.settings = DURABLE if durable else FAST
        self.data = self.folder / "data"

    @property
    def url(self) -> str:
        """Where the database is."""
        return f"postgresql+psycopg://{self._server}/test"

    @property
    def _server(self) -> str:
        return f"{self.user()}@127.0.0.1:{self.port}"

    def user(self) -> str:
        """PostgreSQL refuses to run as root."""
        return "postgres" if os.geteuid() == 0 else login()

    def command(self) -> Sequence[str]:
        """The server, on this port and this machine only."""
        options = [word for setting in self.settings for word in ("-c", setting)]
        place = ["-D", str(self.data), "-h", "127.0.0.1", "-p", str(self.port)]
        return [program("postgres"), *place, "-k", str(self.folder), *options]

    def start(self, *, wait: bool = True) -> None:
        """Make the database the first time."""
        is_new = not self.data.exists()
        if is_new:
            self._initialise()
        super().start(wait=wait or is_new)
        if is_new:
            with self._maintenance() as connection:
                connection.execute("CREATE DATABASE test")

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        try:
            self._maintenance().close()
        except psycopg.OperationalError:
            return False
        return True

    def _maintenance(self) -> psycopg.Connection[tuple[object, ...]]:
        url = f"postgresql://{self._server}/postgres"
        return psycopg.connect(url, autocommit=True, connect_timeout=5)

    def _initialise(self) -> None:
        if self.user() != login():
            shutil.chown(self.folder, self.user())
        command = [program("initdb"), "--pgdata", str(self.data), "--username", self.user()]
        done = subprocess.run(
            [*command, "--auth=trust", *INITDB_OPTIONS],
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=False,
            **identity(self.user()),
        )
        if done.returncode:
            raise PartError(f"initdb failed:\n{done.stdout}{done.stderr}")


class Redis(Part):
    """A Redis server that keeps nothing on disk."""

    name = "redis"

    def __init__(self, folder: Path, port: int | None = None) -> None:
        super().__init__(folder)
        self.port = port or free_port()

    @property
    def url(self) -> str:
        """Where it is."""
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> Sequence[str]:
        """The server, on this port and this machine only."""
        place = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder)]
        return [program("redis-server"), *place, "--save", "", "--appendonly", "no"]

    def is_ready(self) -> bool:
        """Whether it answers."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def program(name: str) -> str:
    """Find a server's program; Debian keeps PostgreSQL's and nginx out of PATH."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob(f"*/bin/{name}"),
        key=lambda path: float(path.parts[-3]),
    )
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    found = found or (str(debian[-1]) if debian else None)
    if found is None:
        raise PartError(f"{name} is not installed")
    return found
