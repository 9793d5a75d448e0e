"""The search, over all that the bearer may read."""

from typing import Any

from flask import request

from app.api.answers.events import moment
from app.api.calls import call
from app.search import snippets
from app.search.filters import read_filters
from app.search.identity import present_reader
from app.search.queries import Found, read_cursor, search
from app.search.snippets import IsMeant

QUERY = "q space forum event kind person municipality since until order after".split()


@call("GET", "/search", {200: "Found"}, query=QUERY)
def index() -> Any:
    """What was written in spaces and events; a page of it, and where the next one begins."""
    given = request.args
    after = read_cursor(given["after"]) if given.get("after") else None
    page = search(present_reader(), given.get("q", ""), read_filters(given), after)
    is_meant = snippets.marker(page.wanted)
    return {
        "results": [_result(found, is_meant) for found in page.found],
        "following": str(page.following) if page.following else None,
        "instead": [{"typed": typed, "found": found} for typed, found in page.instead.items()],
    }


def _result(found: Found, is_meant: IsMeant) -> dict[str, Any]:
    source, hit = found
    return {
        "kind": source.kind,
        "id": hit.source_id,
        "url": hit.url,
        "title": hit.title,
        "snippet": snippets.snippet(hit.text, is_meant).striptags(),
        "author": hit.author.name if hit.author else None,
        "where": [label for label, _url in hit.where],
        "created_at": moment(hit.made_at),
    }
