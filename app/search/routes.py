"""The search page, whose results also come alone, as one types."""

from typing import Any

from flask import Blueprint, render_template, request, url_for

from app.limits import LOOKING_UP, limited
from app.search import snippets
from app.search.choices import choices
from app.search.filters import read_filters
from app.search.identity import present_reader
from app.search.queries import Page, read_cursor, search

bp = Blueprint("search", __name__)

KEPT = "q space forum event kind person municipality since until order".split()


@bp.get("/search")
@limited(LOOKING_UP, "searches")
def index() -> str:
    """What was written where the person on the other side may read."""
    reader = present_reader()
    filters = read_filters(request.args)
    typed = request.args.get("q", "").strip()
    after = request.args.get("after", "")
    page = search(reader, typed, filters, read_cursor(after) if after else None)
    shown = {
        "typed": typed,
        "filters": filters,
        "after": after,
        "page": page,
        "cards": _cards(page),
        "more": _more(page),
        "unfiltered": url_for(".index", q=typed),
        "has_place": bool(reader.space_ids or reader.event_ids),
    }
    if request.headers.get("Turbo-Frame"):
        return render_template("search/_results.html", **shown)
    return render_template("search/page.html", choices=choices(reader, filters), **shown)


def _cards(page: Page) -> list[dict[str, Any]]:
    is_meant = snippets.marker(page.wanted)
    return [
        {
            "source": source,
            "hit": hit,
            "title": snippets.marked(hit.title, is_meant),
            "snippet": snippets.snippet(hit.text, is_meant),
        }
        for source, hit in page.found
    ]


def _more(page: Page) -> str | None:
    if page.following is None:
        return None
    kept: dict[str, Any] = {name: request.args[name] for name in KEPT if request.args.get(name)}
    return url_for(".index", **kept, after=str(page.following))
