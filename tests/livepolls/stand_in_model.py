"""A stand-in for an operator's endpoint for embeddings: it answers, or fails, as it is told."""

import json
import time
from contextlib import AbstractContextManager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

from tests.stand_ins import serving


class StandIn(ThreadingHTTPServer):
    """What it was asked, and how it behaves."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.status = 200
        self.instead: Any = None  # sent for the vectors
        self.moved_to = ""
        self.pause = 0.0  # seconds before each byte
        self.after = 10**6  # requests that go well before `status` holds

    @property
    def url(self) -> str:
        """Its address, as a setting has it."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    @property
    def said(self) -> list[str]:
        """All texts that it was sent."""
        return [text for body in self.bodies for text in body["input"]]


class _Handler(BaseHTTPRequestHandler):
    server: StandIn

    def do_POST(self) -> None:
        """Answer for embeddings; the last one comes first, as an answer's order is not said."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body | {"path": self.path})
        self.server.headers.append(dict(self.headers))
        well = len(self.server.bodies) <= self.server.after or self.server.status == 200
        self.send_response(200 if well else self.server.status)
        if self.server.moved_to:
            self.send_header("Location", self.server.moved_to)
        self.end_headers()
        rows = [{"index": n, "embedding": vector_of(t)} for n, t in enumerate(body["input"])]
        self._send(self.server.instead if self.server.instead is not None else {"data": rows[::-1]})

    def _send(self, answer: Any) -> None:
        data = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        if not self.server.pause:
            self.wfile.write(data)
            return
        try:
            for byte in data:
                self.wfile.write(bytes([byte]))
                self.wfile.flush()
                time.sleep(self.server.pause)
        except OSError:  # nobody waits any longer
            return

    def log_message(self, *_args: Any) -> None:
        """Say nothing."""


def vector_of(text: str) -> list[float]:
    """Texts of the same first word mean the same, nearly."""
    draw = np.random.default_rng(list((text.split() or [""])[0].encode()))
    rest = np.random.default_rng(list(text.encode()))
    return list(map(float, draw.normal(size=48) + 0.1 * rest.normal(size=48)))


def stand_in() -> AbstractContextManager[StandIn]:
    """A server of one's own."""
    return serving(StandIn())
