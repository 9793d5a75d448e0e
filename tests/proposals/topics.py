"""A conference whose aspects are chosen, and proposals under them."""

import contextvars

from flask import Flask

from app.database import transaction
from app.events import actions as event_actions
from app.events.models import Event
from app.extensions import db
from app.livepolls import actions as poll_actions
from app.livepolls.models import Aspect
from app.livepolls.queries import poll_of
from app.proposals import actions
from app.proposals.models import Proposal
from app.realtime import Audience, Publisher, View
from app.richtext import written
from tests.browsers import Visitor
from tests.ears import KeepingSocket
from tests.factories import item_of_kind


def choose_aspects(
    event: Event, author: Visitor, titles: tuple[str, ...] = ("Parents",)
) -> list[Aspect]:
    """Run the event's flash poll up to the choice: one concern by the author under each title."""
    with transaction():
        poll = poll_of(item_of_kind(event, "poll"))
        poll_actions.open_poll(poll)
        for title in titles:
            concern, _ = poll_actions.write_concern(poll, author.person, f"How? {title}", "")
            poll_actions.create_aspect(poll, title, [concern.id])
        poll_actions.close_poll(poll)
        db.session.flush()
        poll_actions.choose_aspects(poll, [])
    return sorted(poll.aspects, key=lambda aspect: aspect.position)


def start(event: Event, kind: str) -> None:
    """Bring the hall to the first step of this kind."""
    with transaction():
        event_actions.start_step(event, item_of_kind(event, kind))


def add_step(event: Event) -> None:
    """Put the step for proposals at the end of the agenda."""
    with transaction():
        event_actions.add_item(event, "proposals", "Solutions", "Which do you recommend?")


def propose(
    aspect: Aspect, author: Visitor, text: str = "Let us *visit* them.", key: str = "k1"
) -> Proposal:
    """Let somebody propose something on the page."""
    answer = author.post(f"/aspects/{aspect.id}/proposals", {"text": text, "key": key})
    assert answer.status_code == 303, answer.text
    return proposal_with(text)


def proposal_with(text: str) -> Proposal:
    """The proposal with this text."""
    return db.session.query(Proposal).filter_by(text=text).one()


def listening_to(app: Flask, event: Event, *people: Visitor) -> Publisher:
    """A publisher whose hall, and whose people, are all connected to one process."""
    publisher = Publisher(app, KeepingSocket())  # type: ignore[arg-type]
    channels = [visitor.person.channel for visitor in people]
    ears = [Audience(channel, channel, View.PERSON, "en") for channel in channels]
    hall = Audience(f"event:{event.code}", event.channel, View.HALL, "en")
    db.session.rollback()
    with app.app_context():
        for audience in (hall, *ears):
            publisher.join(audience)
    return publisher


def heard(publisher: Publisher) -> dict[str, str]:
    """What each channel has heard after one tick."""
    contextvars.Context().run(publisher.tick)
    told: dict[str, str] = {}
    for name, message, _room in publisher.socketio.sent:  # type: ignore[attr-defined]
        if name == "change":
            told[message["channel"]] = told.get(message["channel"], "") + message["html"]
    return told


def words(text: str):
    """A text as actions take it."""
    return written(text)


__all__ = ["actions", "add_step", "choose_aspects", "proposal_with", "propose", "start", "words"]
