"""The shapes of answers, as JSON Schemas for the OpenAPI document."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
SHARE: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
MOMENT: Schema = {"type": "string", "format": "date-time"}
LANGUAGE: Schema = {"type": "string", "enum": ["de", "en"]}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    """A list of such."""
    return {"type": "array", "items": schema}


def one_of(*words: str) -> Schema:
    """One of these words."""
    return {"type": "string", "enum": list(words)}


def a(name: str) -> Schema:
    """A shape that stands below."""
    return {"$ref": f"#/components/schemas/{name}"}


def thing(**members: Schema) -> Schema:
    """An object that always has these members; later versions may add more."""
    return {"type": "object", "properties": members, "required": list(members)}


named: dict[str, Schema] = {
    "Document": {"type": "object"},
    "Problem": {
        "type": "object",
        "properties": {"type": TEXT, "title": TEXT, "status": NUMBER, "field": TEXT},
        "required": ["type", "title", "status"],
    },
    "Joined": thing(participant_id=NUMBER, token=TEXT, event=a("Event")),
    "Event": thing(
        code=TEXT,
        title=TEXT,
        language=LANGUAGE,
        time_zone=TEXT,
        is_template=FLAG,
        joining_locked=FLAG,
        joined=NUMBER,
        present=NUMBER,
        agenda=many(a("Step")),
        step=maybe(a("Step")),
        aspects=many(a("Topic")),
        me=a("Person"),
    ),
    "Step": thing(
        id=NUMBER,
        kind=TEXT,
        title=TEXT,
        text=TEXT,
        minutes=maybe(NUMBER),
        started_at=maybe(MOMENT),
        finished_at=maybe(MOMENT),
        poll=maybe(NUMBER),
        round=maybe(NUMBER),
        state=maybe(TEXT),
    ),
    "Topic": thing(id=NUMBER, title=TEXT),
    "Person": thing(
        id=NUMBER,
        name=TEXT,
        role=one_of("participant", "moderator", "host", "observer"),
        language=LANGUAGE,
        municipality=maybe(a("Municipality")),
        is_present=FLAG,
    ),
    "Municipality": thing(id=NUMBER, name=TEXT, state=TEXT, cluster=TEXT),
    "People": thing(people=many(a("Person"))),
    "Poll": thing(
        id=NUMBER,
        event=TEXT,
        step=NUMBER,
        question=TEXT,
        state=one_of("draft", "open", "closed"),
        is_frozen=FLAG,
        hides_until_closed=FLAG,
        most_per_person=NUMBER,
        concerns=many(a("Concern")),
        aspects=many(a("Aspect")),
        suggestions=many(a("Suggestion")),
    ),
    "Concern": thing(
        id=NUMBER,
        poll=NUMBER,
        text=TEXT,
        is_mine=FLAG,
        is_hidden=FLAG,
        is_supported=FLAG,
        supports=NUMBER,
        aspect=maybe(NUMBER),
        created_at=MOMENT,
    ),
    "Aspect": thing(id=NUMBER, title=TEXT, voices=NUMBER, is_chosen=FLAG, concerns=many(NUMBER)),
    "Suggestion": thing(title=TEXT, voices=NUMBER, certainty=SHARE, concerns=many(NUMBER)),
    "Section": thing(
        id=NUMBER,
        title=TEXT,
        is_taking=FLAG,
        answers=many(a("OfficialAnswer")),
        proposals=many(a("Proposal")),
    ),
    "OfficialAnswer": thing(
        id=NUMBER, text=TEXT, author=maybe(TEXT), function=TEXT, created_at=MOMENT
    ),
    "Proposal": thing(
        id=NUMBER,
        aspect=NUMBER,
        text=TEXT,
        author=maybe(TEXT),
        is_mine=FLAG,
        is_hidden=FLAG,
        is_supported=FLAG,
        supports=NUMBER,
        comments=NUMBER,
        created_at=MOMENT,
    ),
    "Discussion": thing(proposal=a("Proposal"), comments=many(a("Comment"))),
    "Comment": thing(
        id=NUMBER,
        proposal=NUMBER,
        text=TEXT,
        author=maybe(TEXT),
        reply_to=maybe(NUMBER),
        is_mine=FLAG,
        is_withdrawn=FLAG,
        created_at=MOMENT,
    ),
    "Round": thing(
        id=NUMBER,
        event=TEXT,
        step=NUMBER,
        mode=one_of("automatic", "self_select", "municipality"),
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
    ),
    "MyRoom": thing(
        state=one_of("planned", "choosing", "open", "over"),
        deadline=maybe(MOMENT),
        is_choosing=FLAG,
        room=maybe(a("Room")),
        choices=many(a("Room")),
    ),
    "Rooms": thing(round=a("Round"), rooms=many(a("Occupied")), choosing=many(a("Person"))),
    "Occupied": thing(room=a("Room"), people=many(a("Person"))),
    "Placed": thing(participant=NUMBER, room=NUMBER),
    "Contributions": thing(contributions=many(a("Contribution"))),
    "Contribution": thing(
        id=NUMBER,
        room=NUMBER,
        kind=one_of("experience", "concern", "impulse"),
        text=TEXT,
        author=maybe(TEXT),
        is_mine=FLAG,
        created_at=MOMENT,
    ),
    "Questions": thing(questions=many(a("Question"))),
    "Question": thing(
        id=NUMBER,
        text=TEXT,
        author=maybe(TEXT),
        is_mine=FLAG,
        is_hidden=FLAG,
        is_answered=FLAG,
        is_supported=FLAG,
        supports=NUMBER,
        created_at=MOMENT,
    ),
}
