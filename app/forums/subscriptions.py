"""Who may hear a discussion: those who may read it."""

from app.database import found
from app.events.identity import participant_in
from app.events.subscriptions import language_of
from app.forums.models import Thread
from app.permissions import require
from app.realtime.audiences import Audience, View, channel


@channel("thread")
def readers(id: str) -> Audience:
    """Those who are looking at the thread."""
    thread = found(Thread, int(id) if id.isdecimal() else 0)
    person = participant_in(thread.event)
    require(person, "forums.read", thread)
    return Audience(thread.channel, thread.channel, View.HALL, language_of(person))
