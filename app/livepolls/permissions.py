"""Who may do what in a flash poll."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

from app.livepolls.models import Concern, FlashPoll, PollState
from app.permissions import EVERYBODY, MODERATORS, WRITERS, Role, allow


def visible_to(person: Any) -> ColumnElement[bool]:
    """Which concerns this person may see."""
    not_withdrawn = Concern.withdrawn_at.is_(None)
    if person.role == Role.MODERATOR:
        return not_withdrawn
    own = and_(Concern.participant_id == person.id, not_withdrawn)
    return or_(own, visible_to_all())


@cache
def visible_to_all() -> ColumnElement[bool]:
    """Which concerns everybody in the hall may see."""
    return and_(
        Concern.shown(),
        Concern.poll.has(
            or_(
                FlashPoll.state == PollState.CLOSED,
                FlashPoll.frozen_at >= func.coalesce(Concern.shown_again_at, Concern.created_at),
                and_(FlashPoll.state == PollState.OPEN, FlashPoll.hides_until_closed.is_(False)),
            )
        ),
    )


allow("livepolls.see", EVERYBODY)
allow("livepolls.write", WRITERS)
allow("livepolls.support", WRITERS, visible=visible_to)
allow("livepolls.edit", WRITERS, own=True)
allow("livepolls.moderate", MODERATORS)
