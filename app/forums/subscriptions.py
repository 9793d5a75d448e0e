"""Who may hear a discussion: those who may read it."""

from app.database import found
from app.errors import NotFound
from app.events.subscriptions import language_of
from app.forums.identity import person_about
from app.forums.models import Thread
from app.forums.passes import Bearer
from app.permissions import require
from app.realtime.audiences import Audience, View, channel
from app.spaces.models import Member
from app.spaces.subscriptions import audience_in


@channel("thread")
def readers(id: str) -> Audience:
    """Those who are looking at the thread."""
    thread = found(Thread, int(id) if id.isdecimal() else 0)
    person = person_about(thread)
    require(person, "forums.read", thread)
    if isinstance(person, Bearer):
        raise NotFound
    if isinstance(person, Member):
        return audience_in(person.space_id, thread.channel)
    return Audience(thread.channel, thread.channel, View.HALL, language_of(person))
