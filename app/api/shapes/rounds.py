"""Breakout rounds and rooms, as they are answered."""

from app.api.shapes.words import FLAG, MOMENT, NUMBER, TEXT, Schema, a, many, maybe, one_of, thing

named: dict[str, Schema] = {
    "Round": thing(
        id=NUMBER,
        event=TEXT,
        step=NUMBER,
        mode=one_of(
            "automatic", "self_select", "wishes", "municipality", "state", "function", "manual"
        ),
        state=one_of("planned", "choosing", "open", "over"),
        deadline=maybe(MOMENT),
        rooms=many(a("Room")),
    ),
    "Room": thing(
        id=NUMBER,
        number=NUMBER,
        title=TEXT,
        aspect=maybe(NUMBER),
        capacity=maybe(NUMBER),
        count=NUMBER,
        deadline=maybe(MOMENT),
        is_over=FLAG,
    ),
    "MyRoom": thing(
        state=one_of("planned", "choosing", "open", "over"),
        deadline=maybe(MOMENT),
        is_choosing=FLAG,
        room=maybe(a("Room")),
        choices=many(a("Room")),
        is_wishing=FLAG,  # whether rooms are wished for, not chosen at once
        wishes=many(NUMBER),
    ),
    "Rooms": thing(round=a("Round"), rooms=many(a("Occupied")), choosing=many(a("Person"))),
    "Occupied": thing(
        room=a("Room"),
        people=many(a("Person")),
        facilitator=maybe(NUMBER),  # somebody of these people
        notes=maybe(NUMBER),
        help=maybe(a("HelpCall")),
    ),
    "HelpCall": thing(asked_at=MOMENT, answered_by=maybe(NUMBER)),
    "RoomMessage": thing(id=NUMBER, round=NUMBER, room=maybe(NUMBER), text=TEXT, created_at=MOMENT),
    "RoomMessages": thing(messages=many(a("RoomMessage"))),
    "Nominations": thing(named=many(a("Nomination"))),
    "Nomination": thing(
        person=a("Person"),
        part=one_of("facilitator", "notes"),
        number=maybe(NUMBER),
        declined=FLAG,  # whether they have said that they would rather not
    ),
    "Placed": thing(participant=NUMBER, room=NUMBER),
    "VideoCall": thing(url=TEXT),
}
