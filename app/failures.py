"""How every kind of failure is answered: to a page, to a live page, and to a program."""

import errno
import logging
import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, jsonify, render_template, request, url_for
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError, generate_csrf
from markupsafe import Markup
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from werkzeug.exceptions import HTTPException

from app import limits
from app.errors import Conflict, DomainError, Full, Invalid, NeedsSignIn, NotFound
from app.extensions import db
from app.faults import FAULTS, told, without_values
from app.languages import ask_nobody
from app.realtime import Stream
from app.responses import notice, streams, wants_streams

TOO_LARGE = 413
QUOTED = re.compile(r'"[^"]*"')
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Attach the handlers."""
    app.register_error_handler(DomainError, answer)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(IntegrityError, _integrity)
    for fault in FAULTS:
        app.register_error_handler(fault, _fault)
    app.register_error_handler(OSError, _no_room)
    app.register_error_handler(DataError, _impossible)
    app.register_error_handler(OverflowError, _impossible)


def answer(error: DomainError) -> Any:
    """Tell what went wrong; what was typed comes back with it."""
    _let_go()
    if error.status >= 500:
        ask_nobody()
    message = str(error.message)
    if request.path.startswith("/api/"):
        response = _problem(error.status, message, error.details)
    elif request.method != "GET" and wants_streams():
        lost = isinstance(error, NeedsSignIn)
        response = streams(_way_back_in(message) if lost else notice(message), status=error.status)
    else:
        response = _page(error.status, message, error.retry_after)
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _let_go() -> None:
    try:
        db.session.rollback()
    except SQLAlchemyError:  # the connection is gone, and with it whatever was begun
        db.session.invalidate()


def _problem(status: int, message: str, details: dict[str, Any]) -> Any:
    response = jsonify({"type": "about:blank", "title": message, "status": status, **details})
    response.status_code = status
    response.content_type = "application/problem+json"
    return response


def _page(status: int, message: str, retry_after: int | None = None) -> Any:
    form = {} if status == TOO_LARGE else request.form  # which was not read, and never will be
    typed = [text for name, text in form.items() if not _is_ours(name)]
    context = {"message": message, "typed": [text for text in typed if len(text) > 2]}
    if status >= 500 and retry_after is not None:
        page = _page_for_later(retry_after, context)
    else:
        sign_in_url = _sign_in_url() if status == NeedsSignIn.status else None
        page = render_template("error.html", status=status, sign_in_url=sign_in_url, **context)
    response = jsonify()
    response.set_data(page)
    response.content_type = "text/html; charset=utf-8"
    response.status_code = status
    return response


def _page_for_later(retry_after: int, context: dict[str, Any]) -> str:
    """A page for which nobody is looked up, as every template of Flask's would."""
    template = current_app.jinja_env.get_template("later.html")
    fields = _to_send_again()
    return template.render(request=request, retry_after=retry_after, fields=fields, **context)


def _to_send_again() -> list[tuple[str, str]]:
    """The fields of a form that can be sent once more from the page that answers it."""
    if request.files or any("password" in name for name in request.form):
        return []
    return list(request.form.items(multi=True))


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
        return answer(limits.refusal())
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
    log.warning("a constraint refused a write: %s", without_values(error))
    return answer(Conflict())


def _impossible(error: DataError | OverflowError) -> Any:
    """A number or a character that the database cannot hold, which no page sends."""
    # PostgreSQL quotes what it could not read, even in its first line.
    said = QUOTED.sub("…", without_values(error))
    log.warning("the database cannot hold a value: %s", said)
    return answer(Invalid())


def _fault(fault: Exception) -> Any:
    return answer(told(fault))


def _no_room(error: OSError) -> Any:
    """A file that found no room; whatever else the system says is a fault of ours."""
    if error.errno not in NO_ROOM:
        raise error
    log.error("Full: %s", error.strerror)
    return answer(Full())
