"""Which language somebody reads."""

from flask import g, has_request_context, request, session
from flask_babel import refresh
from flask_login import current_user

from app.identity import presented_token
from config import LANGUAGES

NAMES = {"de": "Deutsch", "en": "English"}


def chosen_language() -> str:
    """The language of this page: asked for here, else the account's, else the browser's."""
    if "language" in g:
        return str(g.language)
    if not has_request_context():
        return LANGUAGES[0]
    if presented_token() is None:
        if session.get("language") in LANGUAGES:
            return str(session["language"])
        if current_user.is_authenticated:
            return str(current_user.language)
    return _of_the_browser()


def language_asked_for() -> str:
    """The language of this page as far as the request itself tells, without any database."""
    for language in (g.get("language"), session.get("language")):
        if language in LANGUAGES:
            return str(language)
    return _of_the_browser()


def ask_nobody() -> None:
    """Keep to what the request itself tells: perhaps there is no database to ask who this is."""
    g.language = language_asked_for()
    refresh()


def _of_the_browser() -> str:
    return request.accept_languages.best_match(LANGUAGES) or LANGUAGES[0]


def remember_language(language: str) -> None:
    """Keep a choice on this device; anything else than our languages is passed over."""
    if language in LANGUAGES:
        session["language"] = language
