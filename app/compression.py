"""Pages go compressed to whoever takes them so.

A length tells what compressed well with what: an attacker who makes somebody's browser open our
pages with guesses in their addresses, and sees only how long the encrypted answers are, could
find out what else is on them (BREACH). So what another site has asked for as somebody whom we
know goes uncompressed. The token against forgery needs no more than that: its signature, which
nobody could do without, is another one each second.
"""

import zlib

from flask import Flask, Request, Response, request

LEVEL = 6  # measured: 580 KB of cards in 1.6 ms; higher levels cost twice that for nothing
LEAST = 1024  # bytes; what is shorter goes into one packet anyway
GZIP = 16 + zlib.MAX_WBITS
KINDS = frozenset(
    {
        "application/atom+xml",
        "application/json",
        "application/problem+json",
        "text/calendar",
        "text/csv",
        "text/html",
        "text/markdown",
        "text/plain",
        "text/vnd.turbo-stream.html",
    }
)


def init_app(app: Flask) -> None:
    """Attach it; before what else looks at answers, so that it is the last to do so."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The answer, compressed where that is possible, wanted, safe, and worth it."""
    if not _is_text(response):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] and _is_asked_for_here(request):
        body = response.get_data()
        if len(body) >= LEAST:
            response.set_data(_gzip(body))
            response.content_encoding = "gzip"
            _weaken_etag(response)
    return response


def _is_text(response: Response) -> bool:
    """Whether it is a text in one piece, that nobody has compressed already."""
    return (
        response.mimetype in KINDS
        and response.status_code not in (204, 206, 304)
        and not response.is_streamed
        and not response.direct_passthrough
        and not response.content_encoding
    )


def _is_asked_for_here(asked: Request) -> bool:
    """Whether it is our own page that asks, the person themselves, or somebody unknown."""
    return not asked.cookies or asked.headers.get("Sec-Fetch-Site", "none") in (
        "none",
        "same-origin",
    )


def _gzip(body: bytes) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP)
    return packer.compress(body) + packer.flush()


def _weaken_etag(response: Response) -> None:
    """The same text in other bytes."""
    etag, is_weak = response.get_etag()
    if etag is not None and not is_weak:
        response.set_etag(etag, weak=True)
