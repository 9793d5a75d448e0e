"""Questions to the speakers, as they are answered."""

from app.api.shapes.words import FLAG, MOMENT, NUMBER, TEXT, Schema, a, many, maybe, thing

named: dict[str, Schema] = {
    "Questions": thing(questions=many(a("Question"))),
    "Question": thing(
        id=NUMBER,
        text=TEXT,
        author=maybe(TEXT),
        is_mine=FLAG,
        is_hidden=FLAG,
        is_answered=FLAG,
        is_dismissed=FLAG,
        is_supported=FLAG,
        supports=NUMBER,
        created_at=MOMENT,
    ),
}
