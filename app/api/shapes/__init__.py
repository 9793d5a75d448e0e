"""The shapes of answers, as JSON Schemas for the OpenAPI document."""

from app.api.shapes import (
    ballots,
    contributions,
    events,
    forums,
    plans,
    polls,
    proposals,
    questions,
    rounds,
    search,
)
from app.api.shapes.words import NUMBER, TEXT, Schema, many

named: dict[str, Schema] = {
    "Document": {"type": "object"},
    "Problem": {
        "type": "object",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": NUMBER,
            "field": TEXT,
            "settings": many(TEXT),  # those that have had their time
        },
        "required": ["type", "title", "status"],
    },
    **events.named,
    **polls.named,
    **ballots.named,
    **proposals.named,
    **rounds.named,
    **plans.named,
    **contributions.named,
    **questions.named,
    **forums.named,
    **search.named,
}
