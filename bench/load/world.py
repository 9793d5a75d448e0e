"""An event with a flash poll and many people in it, made directly in a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask

from app import create_app
from app.database import now, transaction
from app.demo.people import polls
from app.events import actions as events
from app.events.models import Event, Participant
from app.extensions import alembic, db
from app.identity import TokenKind, issue
from app.livepolls.models import Concern, FlashPoll
from app.permissions import Role

MODERATORS = 2
STEPS = [{"kind": "poll", "title": "Flash poll", "text": "What do you need?"}]


@dataclass
class World:
    """Where things are, and who may hear them."""

    app: Flask
    code: str
    event_id: int
    channel: str  # the name by which facts are announced
    poll_id: int
    tokens: list[str]
    people: list[int]  # in the order of the tokens
    concerns: list[int]  # that were there before
    moderators: list[int]

    @property
    def heard(self) -> str:
        """The channel as pages name it."""
        return f"event:{self.code}"

    @property
    def cockpit(self) -> str:
        """The same channel, as moderators' pages name it."""
        return f"cockpit:{self.code}"

    def cookies_of(self, person: int) -> dict[str, str]:
        """What the browser of somebody keeps who has come in."""
        serializer = self.app.session_interface.get_signing_serializer(self.app)  # type: ignore[attr-defined]
        session = {"participants": {str(self.event_id): person}}
        return {self.app.config["SESSION_COOKIE_NAME"]: serializer.dumps(session)}

    def close(self) -> None:
        """Let go of the database."""
        with self.app.app_context():
            db.engine.dispose()


def make_world(environment: Mapping[str, str], people: int, concerns: int = 50) -> World:
    """Make it; everybody counts as present for an hour, as if their pages were open."""
    app = create_app({**environment, "JOBS": "none"})
    with app.app_context():
        alembic.upgrade()
        with transaction():
            event = events.create_event("Bench", items=STEPS)
            events.start_step(event, event.items[0])
        with transaction() as session:
            poll = session.query(FlashPoll).filter_by(event_id=event.id).one()
            author, *everybody = _people(event, people + 1)
            leading = _people(event, MODERATORS, role=Role.MODERATOR)
            tokens = [issue(TokenKind.API, participant_id=person.id) for person in everybody]
            there = _concerns(poll, author, concerns)
        ids = [person.id for person in everybody]
        names = event.code, event.id, event.channel
        return World(app, *names, poll.id, tokens, ids, there, [each.id for each in leading])


def saying(number: int) -> str:
    """What somebody might say: the answers to the sample's polls, one after the other."""
    said = [text for poll in polls() for text in poll.concerns]
    return said[number % len(said)]


def _people(event: Event, count: int, role: Role = Role.PARTICIPANT) -> list[Participant]:
    until = now() + timedelta(hours=1)
    everybody = [
        Participant(event_id=event.id, name=f"{role} {n}", role=role, present_until=until)
        for n in range(count)
    ]
    db.session.add_all(everybody)
    db.session.flush()
    return everybody


def _concerns(poll: FlashPoll, author: Participant, count: int) -> list[int]:
    rows = [
        Concern(
            poll_id=poll.id,
            participant_id=author.id,
            key=f"before {n}",
            text=saying(n),
            submitted_text="",
        )
        for n in range(count)
    ]
    db.session.add_all(rows)
    db.session.flush()
    return [row.id for row in rows]
