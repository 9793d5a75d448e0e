"""One process of the application: `gunicorn -c deploy/gunicorn.conf.py wsgi:app`.

Listens on HOST and PORT, as the embedded server does. Told to stop (SIGTERM) it takes nothing new,
sends its pages to another process, finishes what it has in hand, and ends; see `app/draining.py`.
"""

import gc
import os
import socket
import sys
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import gevent
from gevent.pool import Pool
from gevent.server import StreamServer
from gunicorn.workers.ggevent import GeventWorker

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import logs  # noqa: E402

TICK = 0.1  # seconds between two looks whether this process has been told to stop


class Worker(GeventWorker):
    """gunicorn's gevent worker, with an end that nobody notices."""

    def run(self) -> None:
        """Serve until told to stop, then finish within the grace that is set below."""
        servers = [self._served(listener) for listener in self.sockets]
        while self.alive:
            self.notify()
            gevent.sleep(TICK)
        ending = gevent.spawn(self._finish, servers)
        deadline = time.monotonic() + self.cfg.graceful_timeout
        while not ending.ready() and time.monotonic() < deadline:
            self.notify()
            gevent.sleep(TICK)
        gc.freeze()  # Python's last look through all that is there would take another second

    def _served(self, listener: Any) -> StreamServer:
        here = listener.getsockname()  # is asked for after the listener has been closed, too
        named = SimpleNamespace(getsockname=lambda: here)
        handle = partial(self.handle, named)
        listener.setblocking(1)
        listener.listen(self.cfg.backlog)
        server = StreamServer(listener, handle=handle, spawn=Pool(self.worker_connections))
        server.start()
        return server

    def _finish(self, servers: list[StreamServer]) -> None:
        from app.draining import close_the_door, drain  # once gevent has patched what it imports

        for server in servers:
            close_the_door(server)
        drain(self.wsgi)
        for server in servers:
            server.stop(timeout=self.cfg.graceful_timeout)


def when_ready(server: Any) -> None:
    """gunicorn's first process listens before there is a worker: whoever came would have to wait
    for its start, while other processes have time.
    """
    _refuse(server)


def child_exit(server: Any, _worker: Any) -> None:
    """A worker has gone, and the next one takes seconds to come."""
    _refuse(server)


def _refuse(server: Any) -> None:
    """Listen no more until a worker does; the address stays ours."""
    for listener in server.LISTENERS:
        with suppress(OSError):
            listener.sock.shutdown(socket.SHUT_RD)


chdir = str(ROOT)
bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
workers = 1  # sockets stay with their process: more processes are more services
worker_class = Worker
worker_connections = 20_000  # far beyond what is served: app/overload.py decides
backlog = 4096
keepalive = 5
timeout = 60  # seconds without a sign of life until the process is replaced
graceful_timeout = 30
accesslog = None  # nginx and the application keep one without personal data
logconfig_dict = logs.config(os.environ.get("LOG_FORMAT") or "json")
proc_name = "dialograum"
control_socket_disable = True  # signals will do, and its file would be shared by all processes
