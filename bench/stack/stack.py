"""All parts together: in what order they start and stop, and where they are reached."""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import FrameType
from typing import Self, TypeVar

from bench.stack.application import AppProcess, JobsWorker
from bench.stack.nginx import Nginx
from bench.stack.part import ROOT, Part, PartError
from bench.stack.servers import PostgreSQL, Redis

METRICS_TOKEN = "not a secret either"
Settings = Mapping[str, str]
Kind = TypeVar("Kind", bound=Part)


class Stack:
    """A whole installation; `postgresql=False` takes SQLite, which wants one process only."""

    def __init__(
        self,
        apps: int = 2,
        workers: int = 0,
        *,
        postgresql: bool = True,
        redis: bool = True,
        nginx: bool = True,
        durable: bool = True,
    ) -> None:
        self._temporary = tempfile.TemporaryDirectory(
            prefix="dialograum-stack-", ignore_cleanup_errors=True
        )
        self.folder = Path(self._temporary.name)
        self.folder.chmod(0o711)  # PostgreSQL goes through it as somebody else
        self._postgresql = PostgreSQL(self.folder, durable=durable) if postgresql else None
        self._redis = Redis(self.folder) if redis else None
        self._nginx = Nginx(self.folder) if nginx else None
        self.settings = self._settings(workers)
        self.apps = [AppProcess(self.folder, n, self.settings) for n in range(apps)]
        self.workers = [JobsWorker(self.folder, n, self.settings) for n in range(workers)]
        self._until_the_end = ExitStack()

    def _settings(self, workers: int) -> dict[str, str]:
        """As an operator would write them into the environment file."""
        settings = {
            "INSTANCE_PATH": str(self.folder / "instance"),
            "SECRET_KEY": "not a secret",
            "METRICS_TOKEN": METRICS_TOKEN,
            "LOG_FORMAT": "json",
            "JOBS": "worker" if workers else "inside",
            "TRUSTED_PROXIES": "1" if self._nginx else "0",
        }
        if self._postgresql:
            settings["DATABASE_URL"] = self._postgresql.url
        if self._redis:
            settings["REDIS_URL"] = self._redis.url
        if self._nginx:
            settings["PUBLIC_URL"] = self._nginx.url
        return settings

    @property
    def postgresql(self) -> PostgreSQL:
        """The database's server."""
        return _there(self._postgresql, "PostgreSQL")

    @property
    def redis(self) -> Redis:
        """What wakes the processes, and holds the queue."""
        return _there(self._redis, "Redis")

    @property
    def nginx(self) -> Nginx:
        """What stands in front of the processes."""
        return _there(self._nginx, "nginx")

    @property
    def url(self) -> str:
        """The address of the whole: nginx, or the first process where there is none."""
        return self._nginx.url if self._nginx else self.apps[0].url

    @property
    def parts(self) -> list[Part]:
        """All of them, in the order in which they start."""
        backs: list[Part | None] = [self._postgresql, self._redis]
        fronts: list[Part | None] = [*self.apps, *self.workers, self._nginx]
        return [part for part in (*backs, *fronts) if part is not None]

    @property
    def logs(self) -> dict[str, str]:
        """What each part has said; that stays when all have gone."""
        return {part.name: part.log for part in self.parts}

    def __enter__(self) -> Self:
        with ExitStack() as starting:
            starting.callback(self._temporary.cleanup)
            starting.enter_context(stopped_politely())
            self._start(starting)
            self._until_the_end = starting.pop_all()
        return self

    def __exit__(self, *_error: object) -> None:
        self._until_the_end.close()

    def _start(self, starting: ExitStack) -> None:
        starting.callback(self._stop)
        for back in (self._postgresql, self._redis):
            if back:
                back.start()
        self.flask("db", "upgrade")
        for part in (*self.apps, *self.workers):
            part.start(wait=False)
        for part in self.apps:
            part.wait_until_ready()
        if self._nginx:
            self._nginx.processes = [f"127.0.0.1:{app.port}" for app in self.apps]
            self._nginx.start()

    def _stop(self) -> None:
        """The front first; what can end at the same time does."""
        backs: list[Part | None] = [self._redis, self._postgresql]
        for together in ([self._nginx], [*self.workers, *self.apps], backs):
            there = [part for part in together if part is not None]
            for part in there:
                part.terminate()
            for part in there:
                part.close()

    def flask(self, *words: str, root: Path = ROOT, **more: str) -> str:
        """Run a command of `flask --app wsgi` with the set-up's settings; returns what it says."""
        done = subprocess.run(
            [sys.executable, "-m", "flask", "--app", "wsgi", *words],
            cwd=root,
            env={**os.environ, **self.settings, **more},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PartError(f"flask {' '.join(words)} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def roll(self) -> None:
        """Restart the processes one after the other, as deploy/roll does."""
        for app in self.apps:
            app.restart()


def _there(part: Kind | None, name: str) -> Kind:
    if part is None:
        raise PartError(f"this set-up has no {name}")
    return part


@contextmanager
def stopped_politely() -> Iterator[None]:
    """SIGTERM ends this program as Ctrl-C does: through all `finally`, so that nothing is left."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(_number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
