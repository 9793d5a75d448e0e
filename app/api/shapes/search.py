"""What a search finds, as they are answered."""

from app.api.shapes.words import MOMENT, NUMBER, TEXT, Schema, a, many, maybe, thing

named: dict[str, Schema] = {
    "Found": thing(
        results=many(a("Result")),
        following=maybe(TEXT),
        instead=many(thing(typed=TEXT, found=TEXT)),
    ),
    "Result": thing(
        kind=TEXT,
        id=NUMBER,
        url=TEXT,
        title=TEXT,
        snippet=TEXT,
        author=maybe(TEXT),
        where=many(TEXT),
        created_at=MOMENT,
    ),
}
