"""Answers to a form: streams for a page that is alive, a redirect for one that is not."""

from flask import Response, make_response, redirect, request
from markupsafe import Markup, escape
from werkzeug.wrappers import Response as AnyResponse

from app.realtime import Stream

STREAMS = "text/vnd.turbo-stream.html"


def wants_streams() -> bool:
    """Whether the page takes Turbo Streams as an answer."""
    return STREAMS in request.headers.get("Accept", "")


def streams(*parts: Markup, status: int = 200) -> Response:
    """An answer of Turbo Streams."""
    response = make_response(str(Markup().join(parts)), status)
    response.headers["Content-Type"] = f"{STREAMS}; charset=utf-8"
    return response


def done(url: str, *parts: Markup) -> AnyResponse:
    """What was asked is done: a live page hears of it by its channel, any other is sent on."""
    return streams(*parts) if wants_streams() else redirect(url, 303)


def notice(text: object) -> Markup:
    """A polite word at the edge of the page."""
    return Stream("notice", html=Markup("<p>{}</p>").format(escape(text))).markup()


def visit(url: str) -> Markup:
    """Send a live page on to another one."""
    return Stream("visit", attributes=(("href", url),)).markup()
