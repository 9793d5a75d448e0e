"""Who the present person is about a discussion: a participant of its event, or a member."""

from app.errors import NeedsSignIn, NotFound
from app.events.identity import participant_in
from app.events.identity import somebody_in as participant_or_nobody
from app.events.models import Participant
from app.forums.models import Thread
from app.forums.passes import bearer_of
from app.spaces.identity import member_in, present_account
from app.spaces.models import Member


def somebody_about(thread: Thread) -> Participant | Member | None:
    """The person on the other side where the thread is; none for outsiders."""
    if thread.forum_id:
        return member_in(thread.forum.space) or bearer_of(thread)
    return participant_in(thread.event)


def person_about(thread: Thread) -> Participant | Member:
    """The person on the other side where the thread is; raises for outsiders."""
    return member_about(thread) if thread.forum_id else participant_or_nobody(thread.event)


def member_about(thread: Thread) -> Member:
    """The person on the other side of a forum's thread; raises for outsiders."""
    member = somebody_about(thread)
    if isinstance(member, Member):
        return member
    raise NeedsSignIn if present_account() is None else NotFound
