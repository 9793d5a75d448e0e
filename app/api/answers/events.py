"""Events and people."""

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.ballots.models import Ballot
from app.breakouts.models import Round
from app.events.models import Event, Participant
from app.events.queries import head_count
from app.extensions import db
from app.livepolls.models import FlashPoll
from app.livepolls.queries import chosen_aspects

Answer = dict[str, Any]


def moment(when: datetime | None) -> str | None:
    """A moment as ISO 8601 has it, in UTC."""
    return when.isoformat() if when else None


def person_answer(person: Participant) -> Answer:
    """Somebody in an event."""
    home = person.municipality
    place = (
        {"id": home.id, "name": home.name, "state": home.state, "cluster": home.cluster}
        if home
        else None
    )
    return {
        "id": person.id,
        "name": person.name,
        "role": person.role.value,
        "language": person.language,
        "municipality": place,
        "is_present": person.is_present,
    }


def event_answer(event: Event, person: Participant) -> Answer:
    """An event, as one person in it sees it."""
    steps = _steps(event)
    return {
        "code": event.code,
        "title": event.title,
        "language": event.language,
        "time_zone": event.time_zone,
        "is_template": event.is_template,
        "joining_locked": event.joining_locked,
        **head_count(event.id),
        "agenda": steps,
        "step": next((s for s in steps if s["id"] == event.current_item_id), None),
        "aspects": [{"id": a.id, "title": a.title} for a in chosen_aspects(event.id)],
        "me": person_answer(person),
    }


def _steps(event: Event) -> list[Answer]:
    """The agenda, each step with what it works with and how far that has come."""
    polls, rounds = _by_step(FlashPoll, event), _by_step(Round, event)
    ballots = _by_step(Ballot, event)
    return [
        {
            "id": item.id,
            "kind": item.kind,
            "title": item.title,
            "text": item.text,
            "minutes": item.minutes,
            "started_at": moment(item.started_at),
            "finished_at": moment(item.finished_at),
            "poll": _id(polls.get(item.id)),
            "round": _id(rounds.get(item.id)),
            "ballot": _id(ballots.get(item.id)),
            "state": _state(polls.get(item.id) or rounds.get(item.id) or ballots.get(item.id)),
        }
        for item in event.items
    ]


def _by_step(table: Any, event: Event) -> dict[int, Any]:
    """A table's rows in an event, by the step that works with them."""
    rows = db.session.scalars(select(table).where(table.event_id == event.id))
    return {row.item_id: row for row in rows}


def _id(row: Any) -> int | None:
    return row.id if row is not None else None


def _state(row: FlashPoll | Round | Ballot | None) -> str | None:
    return row.state.value if row is not None else None
