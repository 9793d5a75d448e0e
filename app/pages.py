"""Pages of no feature: legal texts, the choice of language, and health."""

from flask import Blueprint, Flask, current_app, redirect, render_template, request
from markupsafe import Markup
from werkzeug.wrappers import Response

from app.addresses import local_path
from app.database import is_reachable
from app.errors import NotFound
from app.identity import page_identity
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


@bp.get("/health")
def health() -> dict[str, bool]:
    """Whether this process and its database answer."""
    return {"ok": is_reachable()}


def init_app(app: Flask) -> None:
    """Attach the pages, and give templates the languages."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(
        language_names=NAMES, chosen_language=chosen_language, page_identity=page_identity
    )
