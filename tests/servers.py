"""Private PostgreSQL and Redis servers for the tests.

Each lives in a temporary folder, listens on 127.0.0.1 and is gone when its ``with``
block ends:

    with postgresql() as url, redis_server() as redis_url:
        ...

The port is a free one unless it is named, as a test that restarts a server does.
"""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from bench.stack import Part, PostgreSQL, Redis


@contextlib.contextmanager
def postgresql(port: int | None = None) -> Iterator[str]:
    """Run a PostgreSQL server; yield the URL of its empty database ``test``."""
    with _folder() as folder:
        server = PostgreSQL(folder, port, durable=False)
        with _running(server):
            yield server.url


def another_database(url: str, name: str) -> str:
    """An empty database of a PostgreSQL server, beside the one of this address."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{url.rpartition('/')[0]}/{name}"


@contextlib.contextmanager
def redis_server(port: int | None = None) -> Iterator[str]:
    """Run a Redis server that keeps nothing on disk; yield its URL."""
    with _folder() as folder:
        server = Redis(folder, port)
        with _running(server):
            yield server.url


@contextlib.contextmanager
def _running(server: Part) -> Iterator[None]:
    try:
        server.start()
        yield
    finally:
        server.stop()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="dialograum-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)  # PostgreSQL, which refuses to run as root, goes through it
        yield folder
