"""Rounds as the tests of this folder need them."""

from typing import Any

from sqlalchemy import select

from app.breakouts import queries
from app.breakouts.models import Placement, Room, Round
from app.database import now, transaction
from app.events import actions as event_actions
from app.events.models import AgendaItem, Event, Participant
from app.extensions import db
from app.livepolls.models import Aspect, FlashPoll, PollState
from app.municipalities.models import Municipality
from app.permissions import Role

TOPICS = ("Reaching parents early", "Political anchoring", "Binding agreements")
AGENDA: list[dict[str, Any]] = [
    {"kind": "poll", "title": "Flash poll", "text": "What do you want advice on?"},
    {"kind": "breakout", "title": "Round 1", "minutes": 15, "settings": {"mode": "automatic"}},
    {
        "kind": "breakout",
        "title": "Round 2",
        "minutes": 10,
        "settings": {"mode": "self_select", "choosing_minutes": "2"},
    },
    {"kind": "breakout", "title": "Round 3", "settings": {"mode": "municipality"}},
    {"kind": "welcome", "title": "Plenum"},
]


def make_conference(topics: tuple[str, ...] = TOPICS) -> Event:
    """An event with three rounds, and topics that are chosen already."""
    with transaction() as session:
        event = event_actions.create_event("Conference", language="en", items=AGENDA)
        poll = session.scalar(select(FlashPoll).where(FlashPoll.event_id == event.id))
        assert poll is not None
        poll.state, poll.opened_at, poll.closed_at = PollState.CLOSED, now(), now()
        poll.frozen_at = now() if topics else None
        session.add_all(
            Aspect(poll_id=poll.id, title=title, chosen=True, position=position)
            for position, title in enumerate(topics, 1)
        )
        return event


def item(event: Event, title: str) -> AgendaItem:
    """The agenda item of this title."""
    return next(each for each in event.items if each.title == title)


def start(event: Event, title: str) -> Round | None:
    """Bring the hall to a step, as its moderator does; returns its round."""
    with transaction():
        event_actions.start_step(event, item(event, title))
    return queries.round_of(item(event, title))


def come(
    event: Event,
    count: int = 1,
    municipality: Municipality | None = None,
    role: Role = Role.PARTICIPANT,
    state: str = "",
) -> list[Participant]:
    """Let so many people join, one after the other."""
    people = []
    for _number in range(count):
        with transaction():
            people.append(
                event_actions.join(
                    event,
                    name="Guest",
                    municipality_id=municipality.id if municipality else None,
                    state=state,
                    language="en",
                    role=role,
                )
            )
    return people


def where(round_: Round) -> dict[int, int | None]:
    """The room of everybody who is in the round."""
    db.session.rollback()
    rows = db.session.execute(
        select(Placement.participant_id, Placement.room_id).where(Placement.round_id == round_.id)
    )
    return {person_id: room_id for person_id, room_id in rows}


def sizes(round_: Round) -> list[int]:
    """How many are in each room."""
    inside = where(round_)
    return [sum(r == room.id for r in inside.values()) for room in round_.rooms]


def room_of(round_: Round, person: Participant) -> Room:
    """The room that somebody is in."""
    return db.session.get_one(Room, where(round_)[person.id])


def joined(join: Any, room: Room, name: str, *, inside: bool = True) -> Any:
    """Somebody who has joined, and has come into this room; or, if not `inside`, into another."""
    while True:
        visitor = join(room.round.event, name)
        if (where(room.round)[visitor.participant_id] == room.id) is inside:
            return visitor
