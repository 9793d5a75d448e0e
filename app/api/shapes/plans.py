"""What a round would be if it began now, as it is answered."""

from app.api.shapes.words import FLAG, NUMBER, SHARE, TEXT, Schema, a, many, maybe, one_of, thing

named: dict[str, Schema] = {
    "Preview": thing(
        rooms=many(a("DraftedRoom")), choosing=NUMBER, keeps_pairs=FLAG, figures=maybe(a("Figures"))
    ),
    "DraftedRoom": thing(
        number=NUMBER,
        title=TEXT,
        capacity=maybe(NUMBER),
        is_merged=FLAG,
        people=many(a("Person")),
        facilitator=maybe(NUMBER),  # who is named, of these people
        notes=maybe(NUMBER),
    ),
    "RoundSettings": thing(
        mode=one_of(
            "automatic", "self_select", "wishes", "municipality", "state", "function", "manual"
        ),
        minutes=NUMBER,
        choosing_minutes=NUMBER,
        capacity=maybe(NUMBER),
        topics=many(TEXT),  # of its own; none: the chosen aspects
        rooms=maybe(NUMBER),  # none: one for each topic
        topics_again=FLAG,
        settled=many(TEXT),  # the names of those that cannot be changed any more
    ),
    "Seats": thing(common=maybe(NUMBER), rooms=many(a("SeatsOfRoom"))),
    "SeatsOfRoom": thing(number=NUMBER, title=TEXT, seats=maybe(NUMBER)),
    "Figures": thing(
        size_spread=NUMBER,
        same_municipality_pairs=a("PairCount"),
        repeated_meetings=a("PairCount"),
        seconds=SHARE,
    ),
    "PairCount": thing(got=NUMBER, bound=maybe(NUMBER), random=SHARE),
}
