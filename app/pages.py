"""Pages of no feature: legal texts, and the choice of language."""

import time

from flask import Blueprint, Flask, current_app, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from app import identity
from app.addresses import local_path
from app.errors import NotFound
from app.kept import hole
from app.languages import NAMES, chosen_language, remember_language
from app.richtext import render
from config import LANGUAGES

bp = Blueprint("pages", __name__)
HEADINGS = frozenset({"h1", "h2"})  # such a text is a page of its own
LEGAL = ("imprint", "privacy", "accessibility")


@bp.get("/legal/<page>")
def legal(page: str) -> str:
    """A text that the operator sets, from `instance/legal/<page>.<language>.md`."""
    if page not in LEGAL:
        raise NotFound
    folder = current_app.extensions["settings"].instance / "legal"
    for language in (chosen_language(), *LANGUAGES):
        path = folder / f"{page}.{language}.md"
        if path.exists():
            text = render(path.read_text(encoding="utf-8"), more_tags=HEADINGS)
            return render_template("legal.html", page=page, text=Markup(text))  # noqa: S704
    return render_template("legal.html", page=page, text=None)


@bp.post("/language")
def language() -> Response:
    """Choose the language of the pages on this device."""
    remember_language(request.form.get("language", ""))
    return redirect(local_path(request.form.get("back")), 303)


def init_app(app: Flask) -> None:
    """Attach the pages, and give templates the languages."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        language_names=NAMES,
        chosen_language=chosen_language,
        is_somebody=identity.is_somebody,
        page_identity=page_identity,
        server_time=server_time,
    )


@hole
def page_identity() -> str:
    """Who this page is made for, in the language in which it speaks."""
    return identity.page_identity(chosen_language())


@hole
def server_time() -> int:
    """Now, for browsers, whose clocks may be wrong."""
    return int(time.time() * 1000)
