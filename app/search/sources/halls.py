"""What is shared by all that is found in events: only what everybody in the hall may see."""

from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement

from app.events.models import Event, Participant
from app.municipalities.models import Municipality
from app.search.sources import Author, Query

Where = tuple[tuple[str, str], ...]

EVENT = (Event.code, Event.title.label("event_title"))
AUTHOR = (
    Participant.id.label("participant_id"),
    Participant.name.label("author_name"),
    Participant.account_id,
    Participant.municipality_id,
    Participant.state,
    Municipality.name.label("municipality"),
)


def signed(query: Query, wrote: ColumnElement[bool]) -> Query:
    """With the person whose name stands at it."""
    return (
        query.add_columns(*AUTHOR)
        .outerjoin(Participant, wrote)
        .outerjoin(Municipality, Municipality.id == Participant.municipality_id)
    )


def tags_of(row: Any, kind: str) -> tuple[str, ...]:
    """Where it was said, and by whom, as far as a name stands at it."""
    return (f"k{kind}", f"e{row.event_id}", *author_tags(row))


def author_tags(row: Any) -> list[str]:
    """By whom it was said, and from where they came, as far as a name stands at it."""
    if not getattr(row, "author_name", None):
        return []
    ids = {"p": row.participant_id, "a": row.account_id, "m": row.municipality_id}
    return [f"{letter}{id}" for letter, id in ids.items() if id]


def author_of(row: Any) -> Author | None:
    """The name that stands at it."""
    if not row.author_name:
        return None
    place = row.municipality or row.state
    return Author(row.author_name, place, row.account_id, row.participant_id)


def in_event(row: Any, *inner: tuple[str, str]) -> Where:
    """The event, and what in it."""
    return ((row.event_title, url_for("events.live", code=row.code)), *inner)


def to_aspect(row: Any) -> tuple[str, str]:
    """The aspect that something was said about."""
    return (row.aspect_title, url_for("proposals.aspect", aspect_id=row.aspect_id))


def results_url(row: Any, anchor: str) -> str:
    """A place on the event's results page."""
    return url_for("results.show", code=row.code, _anchor=anchor)
