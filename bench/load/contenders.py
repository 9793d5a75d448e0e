"""The servers that are compared, each with its crowd: the same clients, the same messages."""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from bench.load.crowd import Crowd
from bench.load.pacing import CHANNEL
from bench.load.programs import FOLDER, Missing, Server, built
from bench.load.world import World, make_world

OURS = "Dialograum"
STOCK = "stock Flask-SocketIO"
NODE = "Node socket.io"
RAW = "raw C"


@dataclass
class Contender:
    """A server, and those who listen to it."""

    server: Server
    crowd: Crowd
    kib_per_client: float

    def run(self, command: str, deliveries: int, seen: str = "deliveries") -> dict[str, Any]:
        """What the crowd heard while the server did this, and the CPU seconds that it took."""
        self.crowd.reset()
        before = self.server.cpu
        self.server.ask(command)
        heard = self.crowd.wait_for(seen, deliveries, 30)
        return {**heard, "server_cpu": self.server.cpu - before}


@contextmanager
def contenders(clients: int) -> Iterator[dict[str, Contender]]:
    """All that this machine can run, with so many clients each; says what it can not."""
    with ExitStack() as started:
        made = {OURS: _ours(started, clients)}
        commands = {RAW: [built("serve"), "{port}"], STOCK: _python("bench.load.stock_server")}
        with suppress(Missing):
            commands[NODE] = _node()
        for name, command in commands.items():
            made[name] = _heard(started, started.enter_context(Server(command)), clients)
        yield made


def _python(module: str) -> list[str]:
    return [sys.executable, "-m", module]


def _node() -> list[str]:
    node = shutil.which("node")
    if node is None or not (FOLDER / "node_modules" / "socket.io").exists():
        print("  (no Node or no socket.io here: left out)")
        raise Missing
    return [node, str(FOLDER / "node_server.mjs")]


def our_server(started: ExitStack, people: int) -> tuple[Server, World]:
    """The application on SQLite, as it is served, and who is in it."""
    folder = started.enter_context(tempfile.TemporaryDirectory(prefix="dialograum-bench-"))
    settings = {"INSTANCE_PATH": folder, "JOBS": "none"}
    world = make_world(settings, people)
    started.callback(world.close)
    server = Server(_python("bench.load.app_server"), settings)
    return started.enter_context(server), world


def _ours(started: ExitStack, clients: int) -> Contender:
    server, world = our_server(started, clients)
    return _heard(started, server, clients, world)


def _heard(
    started: ExitStack, server: Server, clients: int, world: World | None = None
) -> Contender:
    """Let them all in; the first one warms the server up, and does not count for the memory."""
    channel = world.heard if world else CHANNEL
    crowd = started.enter_context(Crowd(server.url, channel=channel))
    _admit(crowd, world, 0, 1)
    before = server.kib
    _admit(crowd, world, 1, clients)
    return Contender(server, crowd, (server.kib - before) / max(1, clients - 1))


def _admit(crowd: Crowd, world: World | None, first: int, last: int) -> None:
    if world:
        crowd.admit(world.tokens[first:last])
    else:
        crowd.admit_anybody(last - first)
    crowd.wait_until_all_hear()
