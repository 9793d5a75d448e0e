"""What tests of flash polls begin with."""

from app.database import transaction
from app.events import actions as event_actions
from app.events.models import AgendaItem, Event
from app.extensions import db
from app.livepolls import actions, queries
from app.livepolls.models import Concern, FlashPoll
from tests.browsers import Visitor


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
    """Let somebody voice a concern, without a browser."""
    with transaction():
        person = visitor.person
        concern, _is_new = actions.write_concern(
            db.session.get_one(FlashPoll, poll.id), person, text, key
        )
    return concern


def support(concern: Concern, *visitors: Visitor) -> None:
    """Let people say *me too*."""
    for visitor in visitors:
        with transaction():
            actions.support(db.session.get_one(Concern, concern.id), visitor.person, True)
