"""The calls of the API, a file for each feature; they are in the table once this is imported."""

from app.api.calls import bp
from app.api.routes import description, events, polls, proposals, questions, rooms, rounds

__all__ = ["bp", "description", "events", "polls", "proposals", "questions", "rooms", "rounds"]
