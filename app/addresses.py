"""Addresses: where a request comes from, and how links name this server."""

import socket
from typing import Any
from urllib.parse import urlsplit

from flask import Response, current_app, request
from werkzeug.routing import IntegerConverter, Map

MOST_ID = 2**31 - 1  # what PostgreSQL keeps as an integer


class Id(IntegerConverter):
    """A number in an address: none that no database could look for."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, max=MOST_ID)


def is_number(text: str) -> bool:
    """Whether it is a whole number, and not longer than any that a page sends."""
    return text.isdecimal() and len(text) <= len(str(MOST_ID))


def client_address() -> str:
    """The address of the client, as far as trusted proxies tell (see `TRUSTED_PROXIES`)."""
    return request.remote_addr or "unknown"


def external_url(endpoint: str, **values: Any) -> str:
    """A link that works from another machine, a phone in the room for instance."""
    path = current_app.url_map.bind("localhost").build(endpoint, values)  # in commands, too
    return public_root() + path


def local_path(path: str | None, *, otherwise: str = "/") -> str:
    """A path on this server, as a form or a link asked for it; never another host."""
    if not path or not path.startswith("/") or path.startswith(("//", "/\\")):
        return otherwise
    return path if path.isprintable() else otherwise  # browsers leave out tabs and line breaks


def page_before(*, otherwise: str) -> str:
    """The page on this server that the form stood on, as far as the browser tells."""
    page = urlsplit(request.referrer or "")._replace(scheme="", netloc="", fragment="")
    return local_path(page.geturl(), otherwise=otherwise)


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


def keep_place(response: Response) -> Response:
    """Name the place on a page that a redirect leads to, where a script follows it.

    What a script fetches has lost the "#post-5" of its address by then; `focus.js` puts it back.
    """
    address, _, place = (response.location or "").partition("#")
    if place and "X-Turbo-Request-Id" in request.headers:
        response.location = f"{address}{'&' if '?' in address else '?'}goal={place}#{place}"
    return response
