"""What the fault tests share: pages, a crowd, and how long each fault lasts."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from playwright.sync_api import Browser

from tests.applications import application
from tests.faults.crowd import FULL
from tests.faults.watchers import Watcher
from tests.faults.wire import Wire
from tests.faults.world import World, open_world
from tests.live_server import ROOT, LiveServer, free_port


@dataclass(frozen=True)
class Length:
    """How many seconds the crowd submits before and after a fault, and how long that lasts.

    Where processes start anew, on the cores that a crowd keeps busy, it has so many people.
    """

    around: float
    outage: float
    people: int


NEXT = '''"""What a next version might add."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "20990101", "{head}", (), None


def upgrade():
    """Upgrade schema."""
    op.add_column("concern", sa.Column("mood", sa.Text(), nullable=True))
    op.create_table("mood", sa.Column("id", sa.Integer(), primary_key=True))
    op.create_index("ix_concern_mood", "concern", ["mood"])


def downgrade():
    """Downgrade schema."""
    op.drop_index("ix_concern_mood", "concern")
    op.drop_table("mood")
    op.drop_column("concern", "mood")
'''


@dataclass(frozen=True)
class Disk:
    """A small disk that can be full for a while."""

    folder: Path

    @contextmanager
    def full(self) -> Iterator[None]:
        """Leave no byte of it."""
        rest = self.folder / "rest"
        with rest.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))
        yield
        rest.unlink()


@pytest.fixture(scope="session")
def length() -> Length:
    """`make faults` takes its time; in the short form each fault is there, for a moment."""
    return Length(6, 20, 24) if FULL else Length(2, 4, 8)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk of its own for what the server keeps, small enough to be filled."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small disk")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", tmp_path], check=True)
    yield Disk(tmp_path)
    subprocess.run(["umount", "--lazy", tmp_path], check=True)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The settings of the embedded server."""
    return {
        "INSTANCE_PATH": str(tmp_path),
        "SECRET_KEY": "not a secret",
        "PORT": str(free_port()),
    }


@pytest.fixture
def app(environment: dict[str, str]) -> Iterator[Flask]:
    """The application on the server's database, to make the event and to settle the account."""
    with application(environment, tables=True) as app:
        yield app


@pytest.fixture
def server(environment: dict[str, str], app: Flask) -> Iterator[LiveServer]:
    """The embedded server; in the end its log holds no traceback."""
    server = LiveServer(environment)
    server.start()
    yield server
    log = server.log
    server.stop()
    assert "Traceback" not in log, log


@pytest.fixture
def world(app: Flask, server: LiveServer) -> Iterator[World]:
    """An open poll on the embedded server."""
    world = open_world(app, server.url)
    yield world
    for watcher in world.watchers:
        watcher.close()


@pytest.fixture
def watch(chromium: Browser, world: World) -> Callable[..., Watcher]:
    """Let somebody look on: `watch("Anna")`, by another address, with another clock."""

    def enter(name: str, root: str = "", *, clock: int = 0) -> Watcher:
        watcher = Watcher(chromium, root or world.root, world.code, name, clock=clock)
        world.watchers.append(watcher)
        return watcher

    return enter


@pytest.fixture
def wire(world: World) -> Iterator[Wire]:
    """A line to the server that can be cut."""
    wire = Wire(int(world.root.rpartition(":")[2]))
    yield wire
    wire.close()


@pytest.fixture(scope="session")
def next_version(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as it might be after an upgrade: with a column, a table and an index more."""
    root = tmp_path_factory.mktemp("next") / "dialograum"
    left = shutil.ignore_patterns(".*", "node_modules", "instance", "__pycache__", "tests")
    shutil.copytree(ROOT, root, ignore=left)
    folder = root / "migrations"
    head = ScriptDirectory(str(folder), version_locations=[str(folder)]).get_current_head()
    (folder / "20990101_next.py").write_text(NEXT.format(head=head))
    return root
