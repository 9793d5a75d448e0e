"""Saying that a concern came, changed or went: to those alone who have seen it."""

from collections.abc import Iterable

from app.events.models import Participant
from app.extensions import db
from app.livepolls.facts import (
    ConcernWaits,
    ConcernWritten,
    FiguresChanged,
    OwnConcernsChanged,
    OwnSupportsChanged,
    WordsTakenBack,
)
from app.livepolls.models import Concern
from app.outbox import announce


def tell_written(concern: Concern) -> None:
    """Say that a concern came, changed or went, to those alone who have seen it."""
    db.session.flush()
    kind = ConcernWaits if concern.is_unseen else ConcernWritten
    announce(kind(concern.poll_id, concern.id), concern.poll.event.channel)


def tell_taken_back(concern: Concern) -> None:
    """Say that it is to be quoted nowhere with more than it says now."""
    announce(WordsTakenBack(concern.poll_id, concern.id), concern.poll.event.channel)


def tell_figures(concern: Concern) -> None:
    """Say that a concern that was there already counts otherwise, or is worded otherwise."""
    poll = concern.poll
    announce(
        FiguresChanged(poll.id, concern.aspect_id if poll.is_frozen else None), poll.event.channel
    )


def tell_author(concern: Concern) -> None:
    """Say to whoever voiced it, if they are known, that it is another one."""
    author_id = concern.participant_id
    if author_id is not None:
        announce(OwnConcernsChanged(concern.poll_id, author_id), Participant.channel_of(author_id))


def tell_supporters(concern: Concern, ids: Iterable[int]) -> None:
    """Say to these people that what they support is gone, or has come."""
    for id in sorted(ids):
        announce(OwnSupportsChanged(concern.poll_id, id), Participant.channel_of(id))
