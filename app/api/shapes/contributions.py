"""Contributions of rooms, and what others say to them, as they are answered."""

from app.api.shapes.words import (
    FLAG,
    MOMENT,
    NUMBER,
    TEXT,
    Schema,
    a,
    many,
    maybe,
    one_of,
    post_about,
    thing,
)

named: dict[str, Schema] = {
    "Contributions": thing(contributions=many(a("Contribution"))),
    "Contribution": thing(
        id=NUMBER,
        room=NUMBER,
        kind=one_of("experience", "concern", "impulse"),
        text=TEXT,
        author=maybe(TEXT),
        is_mine=FLAG,
        version=NUMBER,
        reactions=thing(agree=NUMBER, thanks=NUMBER, helpful=NUMBER),
        replies=NUMBER,
        created_at=MOMENT,
        edited_at=maybe(MOMENT),
    ),
    "Replies": thing(contribution=a("Contribution"), replies=many(a("Reply"))),
    "Reply": post_about("contribution"),
    "CarriedIn": thing(rooms=many(a("Carried"))),
    "Carried": thing(
        room=NUMBER,
        round=TEXT,
        number=NUMBER,
        title=TEXT,
        discussed=TEXT,
        request=TEXT,
        ideas=TEXT,
        contributions=many(a("Contribution")),
    ),
}
