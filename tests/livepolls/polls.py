"""What tests of flash polls begin with."""

import contextvars
from collections.abc import Callable

from flask import Flask

from app.database import transaction
from app.events import actions as event_actions
from app.events.models import AgendaItem, Event
from app.extensions import db
from app.livepolls import actions, queries
from app.livepolls.models import Concern, FlashPoll
from app.realtime import Audience, Publisher, View
from tests.browsers import Visitor
from tests.ears import KeepingSocket


def open_poll(event: Event, item: AgendaItem, **settings: object) -> FlashPoll:
    """Bring the event to its poll, which opens it."""
    with transaction():
        if settings:
            event_actions.change_item(item, settings=settings)
        event_actions.start_step(event, item)
    poll = queries.poll_of(item)
    assert poll is not None
    return poll


def write(poll: FlashPoll, visitor: Visitor, text: str, key: str = "") -> Concern:
    """Let somebody voice a concern, without a browser, as their page says who reads their name."""
    with transaction():
        person, held = visitor.person, db.session.get_one(FlashPoll, poll.id)
        concern, _is_new = actions.write_concern(held, person, text, key, named=held.is_named)
    return concern


def support(concern: Concern, *visitors: Visitor) -> None:
    """Let people say *me too*."""
    for visitor in visitors:
        with transaction():
            actions.support(db.session.get_one(Concern, concern.id), visitor.person, True)


def heard_by(app: Flask, poll: FlashPoll, visitor: Visitor, deed: Callable[[], object]) -> str:
    """What somebody's pages hear of a deed, as the hall listens, too."""
    socket = KeepingSocket()
    publisher = Publisher(app, socket)
    channel = visitor.person.channel
    publisher.join(Audience(f"event:{poll.event.code}", poll.event.channel, View.HALL, "en"))
    publisher.join(Audience(channel, channel, View.PERSON, "en"))
    deed()
    contextvars.Context().run(publisher.tick)
    told = [m["html"] for name, m, _ in socket.sent if name == "change" and m["channel"] == channel]
    return "".join(told)
