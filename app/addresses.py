"""Addresses: where a request comes from, and how links name this server."""

import socket
from typing import Any

from flask import current_app, request, url_for


def client_address() -> str:
    """The address of the client, as far as trusted proxies tell (see `TRUSTED_PROXIES`)."""
    return request.remote_addr or "unknown"


def external_url(endpoint: str, **values: Any) -> str:
    """A link that works from another machine, a phone in the room for instance."""
    return public_root() + url_for(endpoint, _external=False, **values)


def public_root() -> str:
    """The scheme and host under which others reach this server, without a slash at the end."""
    settings = current_app.extensions["settings"]
    if settings.public_url:
        return str(settings.public_url).rstrip("/")
    host = lan_address() if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    return f"http://{host}:{settings.port}"


def lan_address() -> str:
    """This machine's address in the local network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return socket.gethostname()
        return str(probe.getsockname()[0])
