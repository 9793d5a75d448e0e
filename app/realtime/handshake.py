"""How a WebSocket begins: an answer to its request, and its socket without the web server."""

import io
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import MutableMapping
from hashlib import sha1
from typing import Any

Environ = MutableMapping[str, Any]

GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
SWITCHING = (
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Accept: {}\r\n\r\n"
)
UNUSED = ("gunicorn.socket", "gunicorn.sock", "eventlet.input", "wsgi.file_wrapper")
NO_INPUT = io.BytesIO()


def answer(environ: Environ) -> bytes | None:
    """The server's part of the handshake, without extensions; None if the client's is no good."""
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "")
    version = environ.get("HTTP_SEC_WEBSOCKET_VERSION")
    if version != "13" or environ["REQUEST_METHOD"] != "GET" or not _is_nonce(key):
        return None
    accept = b64encode(sha1(key.encode() + GUID, usedforsecurity=False).digest())
    return SWITCHING.format(accept.decode()).encode()


def _is_nonce(key: str) -> bool:
    try:
        return len(b64decode(key, validate=True)) == 16
    except (NotBase64, ValueError):
        return False


def plain_socket(environ: Environ) -> Any:
    """The web server's socket; None where it does the encryption: its clients poll."""
    wrapped = environ.get("gunicorn.socket") or environ["wsgi.input"].raw._sock
    return None if hasattr(wrapped, "do_handshake") else wrapped


def take_over(wrapped: Any, environ: Environ) -> int:
    """The descriptor of the web server's socket, which has nothing any more."""
    descriptor: int = wrapped.detach()
    if "gunicorn.socket" not in environ:
        environ["wsgi.input"].close()  # tells gevent's server that no further request comes
    return descriptor


def lighten(environ: Environ) -> None:
    """Take out of a request what serves to read and answer it, and holds its buffers."""
    for name in UNUSED:
        environ.pop(name, None)
    environ["wsgi.input"] = NO_INPUT
