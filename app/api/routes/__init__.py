"""The calls of the API, a file for each feature; they are in the table once this is imported."""

from app.api.calls import bp
from app.api.routes import (
    ballots,
    contributions,
    description,
    duties,
    events,
    forums,
    helping,
    leading,
    planning,
    plans,
    polls,
    proposals,
    questions,
    rooms,
    rounds,
    search,
    timing,
)

__all__ = [
    "ballots",
    "bp",
    "contributions",
    "description",
    "duties",
    "events",
    "forums",
    "helping",
    "leading",
    "planning",
    "plans",
    "polls",
    "proposals",
    "questions",
    "rooms",
    "rounds",
    "search",
    "timing",
]
