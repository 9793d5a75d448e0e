"""Requests that bring files: more than the common limit, and only from somebody signed in."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, request
from flask_login import current_user

from config import MEGABYTE

AT_ONCE = 3  # of the largest files, in a form that is sent without a script

View = TypeVar("View", bound=Callable[..., Any])


def takes_files(view: View) -> View:
    """Mark a route that files may come to; it stands right below the route's own line."""
    view.takes_files = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Raise the limit of a request before anything of it is read."""
    limit = app.extensions["settings"].upload_limit

    @app.url_value_preprocessor
    def allow(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        view = app.view_functions.get(endpoint or "")
        if getattr(view, "takes_files", False) and current_user.is_authenticated:
            request.max_content_length = AT_ONCE * limit + MEGABYTE
