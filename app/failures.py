"""How every kind of failure is answered: to a page, to a live page, and to a program."""

import logging
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, generate_csrf
from markupsafe import Markup
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from app.errors import Busy, Conflict, DomainError, Invalid, NeedsSignIn, NotFound, TooMany
from app.extensions import db
from app.realtime import Stream
from app.responses import notice, streams, wants_streams

TOO_LARGE = 413

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Attach the handlers."""
    app.register_error_handler(DomainError, answer)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _integrity)
    app.register_error_handler(OperationalError, _operational)
    app.register_error_handler(DataError, _impossible)
    app.register_error_handler(OverflowError, _impossible)


def answer(error: DomainError) -> Any:
    """Tell what went wrong; what was typed comes back with it."""
    db.session.rollback()
    message = str(error.message)
    if request.path.startswith("/api/"):
        response = _problem(error.status, message, error.details)
    elif request.method != "GET" and wants_streams():
        lost = isinstance(error, NeedsSignIn)
        response = streams(_way_back_in(message) if lost else notice(message), status=error.status)
    else:
        response = _page(error.status, message)
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _problem(status: int, message: str, details: dict[str, Any]) -> Any:
    response = jsonify({"type": "about:blank", "title": message, "status": status, **details})
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _page(status: int, message: str) -> Any:
    form = {} if status == TOO_LARGE else request.form  # which was not read, and never will be
    typed = [text for name, text in form.items() if not _is_ours(name)]
    page = render_template(
        "error.html",
        status=status,
        message=message,
        sign_in_url=_sign_in_url() if status == NeedsSignIn.status else None,
        typed=[text for text in typed if len(text) > 2],
    )
    response = jsonify()
    response.set_data(page)
    response.content_type = "text/html; charset=utf-8"
    response.status_code = status
    return response


def _is_ours(name: str) -> bool:
    """Whether a field holds nothing that a person would miss, or nothing that may be shown."""
    return name in ("csrf_token", "key", "next") or "password" in name


def _way_back_in(message: str) -> Markup:
    """Beside the form, which keeps its text: sign in in another window, and send it again."""
    link = Markup('<a href="{}" target="_blank">{}</a>').format(
        _sign_in_url(), _("Sign in in a new window")
    )
    html = Markup('<p class="notice toast-notice" id="sign-in-notice">{} {} {}</p>').format(
        message, _("What you have written is still here: send it again afterwards."), link
    )
    return Stream("append", "notices", html).markup()


def _sign_in_url() -> str:
    """Where to sign in, and back to the page that was asked for or that the form stood on."""
    here = request.full_path.rstrip("?")
    if request.method != "GET":
        page = urlsplit(request.referrer or "")
        here = page._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return url_for("accounts.sign_in", next=here)


def _stale_form(_error: CSRFError) -> Any:
    """A form from an earlier session: a live page gets a fresh token and can send it again."""
    message = _("This page was open for long. Please send it once more.")
    if wants_streams():
        fresh = Stream("token", attributes=(("value", generate_csrf()),)).markup()
        return streams(fresh, notice(message), status=422)
    return _page(422, message)


def _http(error: HTTPException) -> Any:
    if error.code == 429:
        return answer(TooMany())
    if error.code == 404:
        return answer(NotFound())
    if error.code is None or error.code < 400:
        return error
    if error.code == TOO_LARGE:
        message = _("This is larger than what can be sent.")
    elif error.code >= 500:
        message = _("Something went wrong on our side. Please try again in a moment.")
    else:
        message = _("That did not work.")
    failure = DomainError(message)
    failure.status = error.code
    return answer(failure)


def _integrity(error: IntegrityError) -> Any:
    log.warning("a constraint refused a write: %s", error.orig)
    return answer(Conflict())


def _impossible(error: DataError | OverflowError) -> Any:
    """A number or a character that the database cannot hold, which no page sends."""
    log.warning("the database cannot hold a value: %s", error)
    return answer(Invalid())


def _operational(error: OperationalError) -> Any:
    log.error("the database did not take a statement: %s", error.orig)
    return answer(Busy())
