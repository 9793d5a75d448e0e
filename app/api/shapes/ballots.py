"""Ballots and their results, as they are answered."""

from app.api.shapes.words import (
    FLAG,
    MOMENT,
    NUMBER,
    SHARE,
    TEXT,
    Schema,
    a,
    many,
    maybe,
    one_of,
    thing,
)

named: dict[str, Schema] = {
    "Ballot": thing(
        id=NUMBER,
        event=TEXT,
        step=NUMBER,
        kind=one_of("choice", "scale", "dots", "feedback"),
        question=TEXT,
        state=one_of("draft", "open", "closed"),
        round=NUMBER,
        closes_at=maybe(MOMENT),
        most=NUMBER,
        stacking=FLAG,
        lowest=NUMBER,
        highest=NUMBER,
        options=many(thing(id=NUMBER, text=TEXT)),
        votes=NUMBER,
        results=maybe(many(a("BallotRound"))),
        reasons=many(TEXT),
        mine=maybe(a("Vote")),
    ),
    "BallotRound": thing(
        round=NUMBER,
        votes=NUMBER,
        mean=maybe(SHARE),
        counts={"type": "object", "additionalProperties": NUMBER},
    ),
    "Vote": thing(
        round=NUMBER,
        value=maybe(NUMBER),
        dots={"type": "object", "additionalProperties": NUMBER},
        reason=TEXT,
    ),
}
