"""Calls to the API over a few kept connections, for many greenlets."""

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import SplitResult, urlsplit

import gevent.socket
import gevent.ssl
from gevent.queue import LifoQueue

TIMEOUT = 20  # seconds
AT_ONCE = 24  # connections; the rest of the crowd waits its turn


class Connection(HTTPConnection):
    """A connection that lets other greenlets go on while it waits."""

    def __init__(self, address: SplitResult) -> None:
        self.is_secure = address.scheme == "https"
        port = address.port or (443 if self.is_secure else 80)
        super().__init__(address.hostname or "", port, timeout=TIMEOUT)

    def connect(self) -> None:
        """Open it."""
        self.sock = open_socket(self.host, self.port, secure=self.is_secure)


def open_socket(host: str, port: int, *, secure: bool, timeout: float = TIMEOUT) -> Any:
    """A connection to a server, encrypted where wanted."""
    sock = gevent.socket.create_connection((host, port), timeout)
    sock.setsockopt(gevent.socket.IPPROTO_TCP, gevent.socket.TCP_NODELAY, 1)
    if not secure:
        return sock
    context = gevent.ssl.SSLContext(gevent.ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    return context.wrap_socket(sock, server_hostname=host)


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    body: Any
    retry_after: float = 0.0

    @property
    def is_good(self) -> bool:
        """Whether it was accepted."""
        return self.status < 400


class Api:
    """The API of one server; raises `OSError` or `HTTPException` where that is away."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.address = urlsplit(self.url)
        self._free: LifoQueue[Connection | None] = LifoQueue()
        for _ in range(AT_ONCE):
            self._free.put(None)

    def is_there(self) -> bool:
        """Whether such a server answers at all."""
        try:
            return self.call("GET", "/openapi.json").is_good
        except (OSError, HTTPException):
            return False

    def call(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Answer:
        """Make one call."""
        connection, is_kept = self._free.get(), True
        if connection is None:
            connection, is_kept = Connection(self.address), False
        try:
            try:
                return self._send(connection, method, path, body, token)
            except (OSError, HTTPException):
                connection.close()  # perhaps the server had just closed a kept one: once more
                if not is_kept:
                    raise
                return self._send(connection, method, path, body, token)
        except BaseException:
            connection.close()
            raise
        finally:
            self._free.put(connection)

    def close(self) -> None:
        """Let go of all connections."""
        while not self._free.empty():
            connection = self._free.get()
            if connection is not None:
                connection.close()

    def _send(
        self, connection: Connection, method: str, path: str, body: Any, token: str | None
    ) -> Answer:
        headers = {"Accept": "application/json", "Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        sent = None if body is None else json.dumps(body).encode()
        connection.request(method, f"{self.address.path}/api/v1{path}", sent, headers)
        response = connection.getresponse()
        content = response.read()
        is_json = "json" in (response.headers.get("Content-Type") or "")
        retry_after = response.headers.get("Retry-After") or "0"
        return Answer(
            response.status,
            json.loads(content) if content and is_json else None,
            float(retry_after) if retry_after.isdecimal() else 0.0,
        )
