"""A hall with a flash poll for benchmarks, in a database of its own."""

import tempfile
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from app import create_app
from app.accounts.models import Account, Standing
from app.database import Base, transaction
from app.events import actions as event_actions
from app.events.models import Event, Participant
from app.extensions import db
from app.livepolls.models import Concern, FlashPoll
from app.permissions import Role


@dataclass
class Hall:
    """The application, and one browser each for a participant and a moderator."""

    app: Flask
    participant: Any
    moderator: Any
    code: str
    poll_id: int


def open_hall(concerns: int) -> Hall:
    """An event whose flash poll is open and holds this many concerns."""
    app = create_app({"INSTANCE_PATH": tempfile.mkdtemp(prefix="dialograum-bench-")})
    app.config.update(WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    with app.test_request_context():
        Base.metadata.create_all(db.engine)
        with transaction():
            account = Account(email="m@example.org", name="M", standing=Standing.ADMIN)
            db.session.add(account)
            db.session.flush()
            event = _event(account)
            event_actions.start_step(event, event.items[0])
        with transaction():
            poll = db.session.scalars(select(FlashPoll)).one()
            _fill(event, poll, concerns)
        hall = Hall(app, app.test_client(), app.test_client(), event.code, poll.id)
        session_id = account.get_id()
    hall.participant.post(f"/join/{hall.code}", data={"name": "A guest"})
    with hall.moderator.session_transaction() as session:
        session["_user_id"], session["_fresh"] = session_id, True
    return hall


def _event(account: Account) -> Event:
    items = [{"kind": "poll", "title": "Flash poll", "text": "What do you need?"}]
    event = event_actions.create_event("Bench", items=items)
    event_actions.join(event, name="M", account_id=account.id, role=Role.MODERATOR)
    return event


def _fill(event: Event, poll: FlashPoll, concerns: int) -> None:
    people = [Participant(event_id=event.id, name=f"Guest {n}") for n in range(concerns)]
    db.session.add_all(people)
    db.session.flush()
    db.session.add_all(
        Concern(
            poll_id=poll.id,
            participant_id=person.id,
            key="k",
            text=f"Concern {n}: how do we reach parents who carry a heavy load early on?",
            submitted_text="",
        )
        for n, person in enumerate(people)
    )
